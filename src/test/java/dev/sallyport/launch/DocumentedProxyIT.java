package dev.sallyport.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.launcher.RunningStack;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Haproxy;
import dev.sallyport.testing.Nginx;
import dev.sallyport.testing.ProxyExample;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.ScriptedUpstream;
import dev.sallyport.testing.demo.DumperApp;
import dev.sallyport.testing.demo.Received;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The documented proxies as they stand, TLS included, with this test's addresses and certificate.
class DocumentedProxyIT extends LaunchFixture {
  private static final int MANY = 8;
  private static final Pattern NODE = Pattern.compile("10\\.0\\.0\\.1([12]):8080(.*)");

  @TempDir static Path certificates;
  @TempDir Path folder;

  private AutoCloseable proxy = () -> {};
  private int port;

  enum Kind {
    NGINX,
    HAPROXY
  }

  @AfterEach
  void end() throws Exception {
    proxy.close();
  }

  /// What stands behind a proxy.
  ///
  /// @param ports where two nodes take calls, on 127.0.0.1
  /// @param health where each says whether it is ready
  private record Nodes(List<Integer> ports, List<Integer> health) {
    String in(String example) {
      return NODE.matcher(example)
          .replaceAll(
              found -> {
                int node = Integer.parseInt(found.group(1)) - 1;
                return "127.0.0.1:" + ports.get(node) + checked(found.group(2), node);
              });
    }

    private String checked(String rest, int node) {
      return rest.replace(
          "check port 9990", "check port " + health.get(node) + " source " + RunningStack.PROXY);
    }
  }

  /// Both nodes are the one server.
  private void start(Kind kind, UnaryOperator<String> change) throws IOException {
    int node = URI.create(server.base()).getPort();
    int health = URI.create(server.management()).getPort();
    start(kind, new Nodes(List.of(node, node), List.of(health, health)), change);
  }

  private void start(Kind kind, Nodes nodes, UnaryOperator<String> change) throws IOException {
    String file = kind == Kind.NGINX ? "nginx.conf" : "haproxy.cfg";
    String example = change.apply(nodes.in(ProxyExample.read(file, certificates)));
    IntFunction<String> placed =
        at ->
            example
                .replace("listen 443", "listen 127.0.0.1:" + at)
                .replace("bind :443", "bind 127.0.0.1:" + at);
    if (kind == Kind.NGINX) {
      Nginx nginx = Nginx.start(folder, placed);
      proxy = nginx;
      port = nginx.port();
    } else {
      Haproxy haproxy = Haproxy.start(folder, placed);
      proxy = haproxy;
      port = haproxy.port();
    }
  }

  private String bearer() {
    return "Authorization: Bearer " + idp.token(server.base() + "/apps/" + name).signed();
  }

  private RawCall ask(String host, String path, String... headers) throws IOException {
    return RawCall.tlsTo(port)
        .send(
            "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n\r\n"
                .formatted(path, host, String.join("\r\n", headers)));
  }

  private String answer(String path, String... headers) throws IOException {
    return answerOf(RawCall.host(server), path, headers);
  }

  private String answerOf(String host, String path, String... headers) throws IOException {
    try (RawCall call = ask(host, path, headers)) {
      return call.readUntil("\r\n\r\n") + call.readUntil("!");
    }
  }

  @ParameterizedTest
  @EnumSource
  void streamWhenTheAppSaysSomethingThenItComesWhileTheStreamIsOpen(Kind kind) throws Exception {
    streams = true;
    start(kind, UnaryOperator.identity());
    try (RawCall call = ask(RawCall.host(server), "/apps/" + name + "/events", bearer())) {
      assertThat(call.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");
      assertThat(call.readUntil("hello")).endsWith("hello");
    }
  }

  @ParameterizedTest
  @EnumSource
  void streamWhenIdleForLongerThanTheHourThenThatIsWhatEndsIt(Kind kind) throws Exception {
    streams = true;
    start(kind, example -> example.replace(" 1h", " 1s"));
    try (RawCall call = ask(RawCall.host(server), "/apps/" + name + "/events", bearer())) {
      assertThat(call.readUntil("hello")).startsWith("HTTP/1.1 200");
      assertThat(call.readToAnyEnd()).doesNotContain("hello");
    }
  }

  @ParameterizedTest
  @EnumSource
  void socketWhenOpenedThenBytesPassBothWays(Kind kind) throws Exception {
    start(kind, UnaryOperator.identity());
    String[] upgrade = {
      bearer(),
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };
    try (RawCall call = ask(origin.substring(7), "/socket", upgrade)) {
      assertThat(call.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 101");
      call.send("one\r\n\r\n");
      assertThat(call.readUntil("\n")).isEqualTo("echo of one\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void verdictWhenAClientAsksThenRefusedByTheProxy(Kind kind) throws Exception {
    start(kind, UnaryOperator.identity());
    try (RawCall call = ask(RawCall.host(server), "/authz/" + name, bearer())) {
      assertThat(call.readUntil("\r\n\r\n"))
          .startsWith("HTTP/1.1 403")
          .containsIgnoringCase("Content-Type: text/html");
    }
  }

  /// Requests that two servers may read in two ways. What a second reading finds has no token, and
  /// is followed by nothing: what it would leave behind is an answer too many for the next call.
  @ParameterizedTest
  @EnumSource
  void requestWhenItHasTwoReadingsThenTheNextCallsGetTheirOwnAnswers(Kind kind) throws Exception {
    start(kind, UnaryOperator.identity());
    try (DumperApp app = DumperApp.start(0)) {
      Entrance entrance = Entrance.to(server, app.url() + "/");
      for (String shape : SHAPES) {
        try (RawCall odd = RawCall.tlsTo(port).send(request(entrance, shape))) {
          for (int i = 0; i < MANY; i++) {
            assertThat(own(entrance)).as(shape).startsWith("HTTP/1.1 200").contains("\"/own\"");
          }
        }
      }
      assertThat(app.received()).extracting(Received::path).containsOnly("/odd", "/own");
    }
  }

  private String request(Entrance entrance, String shape) {
    String host = RawCall.host(server);
    String hidden =
        "GET /apps/%s/hidden HTTP/1.1|Host: %s|Connection: close||"
            .formatted(entrance.name(), host);
    return ("POST /apps/%s/odd HTTP/1.1|Host: %s|Authorization: Bearer %s|%s"
            .formatted(
                entrance.name(), host, entrance.token().signed(), shape.replace("HIDDEN", hidden)))
        .replace("|", "\r\n")
        .replace("~", "\n");
  }

  private String own(Entrance entrance) throws IOException {
    String bearer = "Authorization: Bearer " + entrance.token().signed();
    String path = "/apps/" + entrance.name() + "/own";
    try (RawCall call = ask(RawCall.host(server), path, bearer, "Connection: close")) {
      return call.readToAnyEnd();
    }
  }

  // `|` stands for CRLF, `~` for a bare LF.
  private static final List<String> SHAPES =
      List.of(
          "Content-Length: 6|Transfer-Encoding: chunked||0||HIDDEN",
          "Transfer-Encoding: chunked|Content-Length: 6||0||HIDDEN",
          "Content-Length: 0|Content-Length: 90||HIDDEN",
          "Content-Length: +5||helloHIDDEN",
          "Content-Length: 0x5||helloHIDDEN",
          "Transfer-Encoding: xchunked||0||HIDDEN",
          "Transfer-Encoding: chunked, identity||0||HIDDEN",
          "Transfer-Encoding: chunked|Transfer-Encoding: x||0||HIDDEN",
          "Transfer-Encoding : chunked||0||HIDDEN",
          "X-A: b| Transfer-Encoding: chunked|Content-Length: 5||0||HIDDEN",
          "X-A: b~Content-Length: 5||helloHIDDEN",
          "Transfer-Encoding: chunked||5~hello|0||HIDDEN",
          "Transfer-Encoding: chunked||5|helloxx|0||HIDDEN",
          "Transfer-Encoding: chunked||5;a=~b|hello|0||HIDDEN",
          "Transfer-Encoding: chunked||-1|hello|0||HIDDEN");

  @ParameterizedTest
  @EnumSource
  void nodeWhenManyCallThenOnlyTheConsoleStaysAtOne(Kind kind) throws Exception {
    try (ScriptedUpstream one = named("one");
        ScriptedUpstream two = named("two")) {
      List<Integer> nodes = List.of(one.port(), two.port());
      start(
          kind,
          new Nodes(nodes, nodes),
          example -> example.replace("gateway.example.com", "127.0.0.1"));
      Set<String> calls = new TreeSet<>();
      Set<String> pages = new TreeSet<>();
      Set<String> apps = new TreeSet<>();
      String first = answer("/");
      String cookie = first.replaceAll("(?s).*(sallyport_node=\\w+).*", "Cookie: $1");
      boolean hasCookie = first.contains("sallyport_node=");
      for (int i = 0; i < MANY; i++) {
        String call = answer("/mcp/apps/x");
        assertThat(call).doesNotContainIgnoringCase("set-cookie");
        calls.add(who(call));
        pages.add(who(hasCookie ? answer("/apps", cookie) : answer("/apps")));
      }
      for (int i = 0; i < MANY; i++) {
        String ofApp = answerOf("wiki.apps.example.com", "/");
        assertThat(ofApp).doesNotContainIgnoringCase("set-cookie");
        apps.add(who(ofApp));
      }
      assertThat(calls).containsExactly("one", "two");
      assertThat(apps).containsExactly("one", "two");
      assertThat(pages).containsExactly(who(first));
      assertThat(hasCookie).isEqualTo(kind == Kind.HAPROXY);
    }
  }

  private static ScriptedUpstream named(String name) {
    return ScriptedUpstream.start(
        head -> "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nI " + name + " !");
  }

  private static String who(String answer) {
    return answer.replaceAll("(?s).*I (\\w+) !", "$1");
  }
}
