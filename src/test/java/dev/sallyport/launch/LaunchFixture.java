package dev.sallyport.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.ScriptedUpstream;
import dev.sallyport.testing.SiteBrowser;
import dev.sallyport.testing.Unique;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/// An HTTP app on a host of its own, an identity provider whose people may enter it, and a browser
/// at each of the two hosts.
@ExtendWith(RunningServer.Extension.class)
class LaunchFixture {
  private static final String SWITCHED =
      """
      HTTP/1.1 101 Switching Protocols\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
      Set-Cookie: sallyport_app=evil\r
      \r
      """;
  static final String COOKIE = "sallyport_app";

  final FakeIdp idp = FakeIdp.start().claim("email", "ann@corp.example");
  final String name = Unique.name("wiki");
  final ScriptedUpstream upstream = ScriptedUpstream.start(this::answer);
  private final Map<String, Object> appInput = new LinkedHashMap<>();
  private final Map<String, Object> configInput = new LinkedHashMap<>();
  volatile String upstreamHeaders = "";
  volatile boolean streams;
  RunningServer server;
  Rest rest;
  HttpBrowser console;
  SiteBrowser site;
  String origin;
  String provider;
  String appPath;
  String configPath;

  @BeforeEach
  void start(RunningServer running) {
    server = running;
    rest = Rest.admin(running);
    console = new HttpBrowser(running);
    origin = "http://" + name + ".localhost:" + URI.create(running.base()).getPort();
    site = new SiteBrowser(running, origin);
    provider = "auth/oidc/providers/" + made("auth/oidc/providers", idp.provider(name));
    appInput.put("name", name);
    appInput.put("uri", upstream.url() + "/");
    appInput.put("labels", Map.of("test", name));
    appInput.put("publicAddress", origin);
    appPath = "apps/" + made("apps", appInput);
    configInput.put("name", name);
    configInput.put("appLabels", Map.of("test", List.of(name)));
    configInput.put("jwt", Map.of("issuer", idp.issuer(), "jwksUrl", idp.issuer() + "/jwks"));
    configPath = "app-auth-configs/" + made("app-auth-configs", configInput);
  }

  @AfterEach
  void stop() {
    console.close();
    upstream.close();
    idp.close();
  }

  private String answer(List<String> head) {
    if (!head.getFirst().endsWith(" HTTP/1.1")) {
      return "echo of " + head.getFirst() + "\n"; // what a tunnel brought
    }
    if (head.contains("Upgrade: websocket") && !head.getFirst().contains("/no")) {
      return SWITCHED;
    }
    String framed =
        streams
            ? "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
            : "Content-Length: 5\r\n" + upstreamHeaders + "\r\nhello";
    return "HTTP/1.1 200 OK\r\n" + framed;
  }

  private String made(String path, Map<String, Object> input) {
    Rest.Answer answer = rest.post(path, input);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.at("/id");
  }

  void changeApp(Map<String, Object> members) {
    Rest.Answer answer = rest.change(appPath, appInput, members);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  void changeConfig(Map<String, Object> members) {
    Rest.Answer answer = rest.change(configPath, configInput, members);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  /// Signs the console's browser in.
  void signIn() {
    String id = provider.substring(provider.lastIndexOf('/') + 1);
    HttpResponse<String> begun = console.get("/auth/oidc/login?provider=" + id);
    String answer = idp.answer(idp.asked(HttpBrowser.location(begun)));
    HttpResponse<String> ended = console.get("/auth/oidc/callback?" + answer);
    assertThat(HttpBrowser.location(ended)).isEqualTo("/");
  }

  /// Where the console sends the browser that the app's host had sent there.
  String throughConsole(SiteBrowser.Answer left) {
    assertThat(left.status()).as(left.body()).isEqualTo(303);
    assertThat(left.location()).startsWith(server.base() + "/launch/" + name + "?challenge=");
    return HttpBrowser.location(console.get(left.location()));
  }

  /// The path on the app's host.
  String path(String url) {
    assertThat(url).startsWith(origin + "/");
    return url.substring(origin.length());
  }

  /// Enters the app from the sign-in on; the first page is open then.
  void enter() {
    signIn();
    comeIn();
  }

  /// The same for a console that is signed in.
  void comeIn() {
    String back = throughConsole(site.open("/"));
    assertThat(site.open(path(back)).location()).isEqualTo(origin + "/");
    assertThat(site.open("/").status()).isEqualTo(200);
  }

  List<String> sessions(String state) {
    return rest.get("app-sessions?app=" + name + "&state=" + state)
        .json()
        .get("items")
        .findValuesAsString("id");
  }

  /// The lines of this header that the app got with its last request.
  List<String> received(String header) {
    return upstream.requests().getLast().stream()
        .filter(line -> line.regionMatches(true, 0, header + ":", 0, header.length() + 1))
        .map(line -> line.substring(header.length() + 1).strip())
        .toList();
  }
}
