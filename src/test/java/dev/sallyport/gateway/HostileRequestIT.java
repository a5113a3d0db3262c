package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.ForgedIdentity;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DumperApp;
import dev.sallyport.testing.demo.Received;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that a client library would never send, written letter by letter. `|` stands for the
/// end of a line. Behind each comes a second request, which a server that lost its place would
/// answer.
@ExtendWith(RunningServer.Extension.class)
class HostileRequestIT {
  private static DumperApp upstream;
  private static Entrance mcp;
  private static Entrance http;

  @BeforeAll
  static void open(RunningServer server) {
    upstream = DumperApp.start(0);
    mcp = Entrance.to(server, "mcp+" + upstream.url() + "/mcp");
    http = Entrance.to(server, upstream.url() + "/");
    http.changeApp(Map.of("publicAddress", "http://" + ownHost(server)));
  }

  private static String ownHost(RunningServer server) {
    return http.name() + ".localhost:" + RawCall.port(server);
  }

  @AfterAll
  static void close() {
    upstream.close();
  }

  @AfterEach
  void forget() {
    upstream.forgetReceived();
  }

  private static String head(RunningServer server, String start, Entrance app) {
    return start
        + "\r\nHost: "
        + RawCall.host(server)
        + "\r\nAuthorization: Bearer "
        + app.token().signed()
        + "\r\n";
  }

  private static String mcpStart(String method) {
    return method + " /mcp/apps/" + mcp.name() + " HTTP/1.1";
  }

  private static String lines(String text) {
    return text.replace("|", "\r\n");
  }

  /// The whole answer to a request with another behind it, up to the server's own end.
  private static String answer(RunningServer server, String request) throws IOException {
    String second =
        head(server, "GET /apps/" + http.name() + "/second HTTP/1.1", http)
            + "Connection: close\r\n\r\n";
    try (RawCall call = RawCall.to(server)) {
      return call.send(request + second).readToEnd();
    }
  }

  private static void refused(RunningServer server, String request) throws IOException {
    String answer = answer(server, request);

    // Refused with words, or, in the middle of a body, without.
    assertThat(answer).matches("(?s)|HTTP/1\\.[01] 400 .*");
    assertThat(answer).doesNotContainPattern("(?s).HTTP/1\\.[01] [0-9]{3} ");
    assertThat(upstream.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4|Transfer-Encoding: chunked||0||",
        "Transfer-Encoding: chunked|Content-Length: 4||0||",
        "Content-Length: 2|Content-Length: 5||{}",
        "Content-Length: 2|Content-Length: 2||{}",
        "Content-Length: 2, 2||{}",
        "Content-Length: +2||{}",
        "Content-Length: -2||{}",
        "Content-Length: 0x2||{}",
        "Content-Length: 2 2||{}",
        "Content-Length: ||{}",
        "Content-Length: 99999999999999999999||{}",
        "Content-Length : 2||{}",
        "Transfer-Encoding: xchunked||2|{}|0||",
        "Transfer-Encoding: identity||2|{}|0||",
        "Transfer-Encoding: identity|Content-Length: 2||{}",
        "Transfer-Encoding: chunked, identity||2|{}|0||",
        "Transfer-Encoding: gzip, chunked||2|{}|0||",
        "Transfer-Encoding: chunked|Transfer-Encoding: identity||2|{}|0||",
        "Transfer-Encoding: chunked|Transfer-Encoding: chunked||2|{}|0||",
        "Transfer-Encoding : chunked||2|{}|0||",
        "Transfer-Encoding: \u000bchunked||2|{}|0||",
        "Transfer-Encoding: \"chunked\"||2|{}|0||",
        "Transfer-Encoding:| chunked|Content-Length: 2||{}",
        "X-A: b\u0000c|Content-Length: 2||{}",
        "X-A: b\u0001c|Content-Length: 2||{}",
        "X-A: b\u007fc|Content-Length: 2||{}",
        "X-\u0000A: b|Content-Length: 2||{}",
        "X(A): b|Content-Length: 2||{}",
        "Host: evil.example|Content-Length: 2||{}",
        "Content-Type: application/json|Content-Type: text/plain|Content-Length: 2||{}",
        "Mcp-Session-Id: a|mcp-session-id: b|Content-Length: 2||{}",
        "MCP-Protocol-Version: 2025-06-18|Mcp-Protocol-Version: 2026-07-28|Content-Length: 2||{}",
        "Mcp-Method: ping|Mcp-Method: tools/call|Content-Length: 2||{}",
        "Mcp-Name: a|Mcp-Name: b|Content-Length: 2||{}",
        "Last-Event-ID: 1|Last-Event-Id: 2|Content-Length: 2||{}",
        "Authorization: Bearer other|Content-Length: 2||{}",
      })
  void callWhenItCouldBeReadInTwoWaysThenRefusedAndTheConnectionEnds(
      String rest, RunningServer server) throws IOException {
    refused(server, head(server, mcpStart("POST"), mcp) + lines(rest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0x2|{}|0||", "+2|{}|0||", "-2|{}|0||", "fffffffffffffffff2|{}|0||", "|0||"})
  void callWhenChunkSizeIsNoNumberThenRefusedAndTheConnectionEnds(String body, RunningServer server)
      throws IOException {
    refused(
        server, head(server, mcpStart("POST"), mcp) + lines("Transfer-Encoding: chunked||" + body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE"})
  void callWhenAMethodWithoutABodyHasOneThenRefusedAndTheConnectionEnds(
      String method, RunningServer server) throws IOException {
    refused(server, head(server, mcpStart(method), mcp) + lines("Content-Length: 2||{}"));
    refused(
        server,
        head(server, mcpStart(method), mcp) + lines("Transfer-Encoding: chunked||2|{}|0||"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST\t%s\tHTTP/1.1",
        "POST  %s  HTTP/1.1",
        "POST %s HTTP/1.2",
        "POST %s HTTP/2.0",
        "PO(ST %s HTTP/1.1",
        "POST %s#fragment HTTP/1.1",
        "POST %s?a=\u0001 HTTP/1.1",
        "PRI * HTTP/2.0",
      })
  void callWhenTheFirstLineIsBrokenThenRefusedAndTheConnectionEnds(
      String start, RunningServer server) throws IOException {
    refused(
        server,
        head(server, start.formatted("/mcp/apps/" + mcp.name()), mcp)
            + lines("Content-Length: 2||{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/a//b", "/a/../b", "/./a", "/a;b", "/a\\b", "/a%2fb", "/%2e%2e/b", "/a%zz"})
  void callWhenThePathHasTwoReadingsThenRefusedAndTheConnectionEnds(
      String path, RunningServer server) throws IOException {
    refused(server, head(server, "GET /apps/" + http.name() + path + " HTTP/1.1", http) + "\r\n");
    String ours = "Host: " + RawCall.host(server);
    refused(
        server,
        head(server, "GET " + path + " HTTP/1.1", http).replace(ours, "Host: " + ownHost(server))
            + "\r\n");
  }

  @Test
  void callWhenChunkedInHttp10ThenRefused(RunningServer server) throws IOException {
    refused(
        server,
        head(server, "POST /mcp/apps/" + mcp.name() + " HTTP/1.0", mcp)
            + lines("Transfer-Encoding: chunked||2|{}|0||"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"post", "Get", "delete"})
  void callWhenMethodIsInOtherLettersThenItIsAnother(String method, RunningServer server)
      throws IOException {
    for (Entrance app : new Entrance[] {mcp, http}) {
      String path = app == mcp ? "/mcp/apps/" + mcp.name() : "/apps/" + http.name() + "/x";
      String answer =
          RawCall.exchange(
              server,
              method + " " + path + " HTTP/1.1",
              "Host: " + RawCall.host(server),
              "Authorization: Bearer " + app.token().signed(),
              "Content-Length: 0");

      assertThat(answer).startsWith("HTTP/1.1 405 ");
    }
    assertThat(upstream.received()).isEmpty();
  }

  /// What RFC 9112 lets a server read leniently is read so, and only one clean request goes on.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked||2|{}|0||",
        "Transfer-Encoding: CHUNKED||2|{}|0||",
        "Transfer-Encoding: chunked||2;a=b|{}|0||",
        "Transfer-Encoding: chunked||1|{|1|}|0||",
        "Transfer-Encoding: chunked|Trailer: X-User||2|{}|0|X-User: eve|Authorization: Bearer x||",
        "Transfer_Encoding: chunked|Content-Length: 2||{}",
        "Content_Length: 9|Content-Length: 2||{}",
        "X-A: b| c: d|Content-Length: 2||{}",
        "Connection: Sallyport-Jwt-Assertion, X-Forwarded-For|Content-Length: 2||{}",
        "Expect: 100-continue|Content-Length: 2||{}",
      })
  void callWhenReadLenientlyThenOneCleanRequestGoesOn(String rest, RunningServer server)
      throws IOException {
    String answer = answer(server, head(server, mcpStart("POST"), mcp) + lines(rest));

    assertThat(answer).contains("HTTP/1.1 200 ");
    Received first = upstream.received().getFirst();
    assertThat(first.body()).isEqualTo("{}");
    assertThat(first.header("Sallyport-Jwt-Assertion")).isPresent();
    assertThat(first.header("X-Forwarded-For")).isPresent();
    assertThat(first.headers().values()).allMatch(values -> values.size() == 1);
    assertThat(first.headers().keySet())
        .allMatch(name -> !name.contains("_") && !name.equalsIgnoreCase("X-User"));
    assertThat(upstream.received()).hasSize(2);
    assertThat(upstream.received().getLast().path()).isEqualTo("/second");
  }

  @Test
  void restWhenItCouldBeReadInTwoWaysThenRefused(RunningServer server) throws IOException {
    for (String rest :
        new String[] {
          "Transfer-Encoding: xchunked||2|{}|0||",
          "Content-Length: 2|Transfer-Encoding: chunked||0||",
          "Content-Type: application/json|Content-Type: text/plain|Content-Length: 2||{}"
        }) {
      refused(server, head(server, "POST /api/v1/apps HTTP/1.1", mcp) + lines(rest));
    }
  }

  @Test
  void restWhenJsonIsDeepDoubledOrLongThenRefused() {
    String deep = "{\"labels\":".repeat(40) + "1" + "}".repeat(40);
    assertThat(post(deep)).isEqualTo(400);
    assertThat(post("{\"name\":\"a\",\"name\":\"b\",\"uri\":\"http://h\"}")).isEqualTo(400);
    assertThat(post("{\"name\":\"a\",\"uri\":\"http://h\"} {}")).isEqualTo(400);
    assertThat(post("{\"name\":\"a\",\"description\":\"" + "x".repeat(2_500_000) + "\"}"))
        .isEqualTo(413);
  }

  private static int post(String body) {
    return mcp.rest()
        .send("POST", "apps", java.net.http.HttpRequest.BodyPublishers.ofString(body))
        .status();
  }

  @Test
  void callWhenHeadersAreTooManyOrTooLongThenRefused(RunningServer server) throws IOException {
    refused(
        server,
        head(server, mcpStart("POST"), mcp) + lines("X: a|".repeat(300) + "Content-Length: 2||{}"));
    refused(
        server,
        head(server, mcpStart("POST"), mcp)
            + lines("X: " + "a".repeat(70_000) + "|Content-Length: 2||{}"));
  }

  @Test
  void callWhenIdentityComesInAnySpellingThenNothingOfItArrives(RunningServer server)
      throws IOException {
    StringBuilder rest = new StringBuilder();
    for (String name : ForgedIdentity.NAMES) {
      rest.append(name).append(": forged|");
    }
    String ours = "Host: " + RawCall.host(server);
    for (String head :
        new String[] {
          head(server, mcpStart("POST"), mcp),
          head(server, "POST /apps/" + http.name() + "/x HTTP/1.1", http),
          head(server, "POST /x HTTP/1.1", http).replace(ours, "Host: " + ownHost(server)),
        }) {
      answer(server, head + lines(rest + "Content-Length: 2||{}"));

      Received first = upstream.received().getFirst();
      assertThat(first.body()).isEqualTo("{}");
      assertThat(first.headers().entrySet())
          .filteredOn(header -> header.getValue().toString().contains("forged"))
          .filteredOn(header -> !isOwnCookie(head, ours, header.getKey()))
          .isEmpty();
      upstream.forgetReceived();
    }
  }

  /// At an app's own host its cookies are its own.
  private static boolean isOwnCookie(String head, String console, String name) {
    return !head.contains(console) && name.equalsIgnoreCase("Cookie");
  }
}
