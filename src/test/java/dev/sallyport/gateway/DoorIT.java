package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.RunningServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the door refuses before it looks at a token: other hosts, tunnels, and paths that could be
/// read in two ways. Every call here carries a good token.
class DoorIT extends TwoEntrances {
  private static String raw(RunningServer server, Entrance app, String start, String host)
      throws IOException {
    return RawCall.exchange(
        server,
        start + " HTTP/1.1",
        "Host: " + host,
        "Authorization: Bearer " + app.token().signed());
  }

  @Test
  void callWhenHostIsAnotherThenRefused(RunningServer server) throws IOException {
    String answer = raw(server, mcp, "GET /mcp/apps/" + mcp.name(), "evil.example");

    assertThat(answer).startsWith("HTTP/1.1 403 ").contains("host-not-allowed");
    assertThat(answer).contains("This server is at " + server.base());
  }

  @Test
  void consoleWhenHostIsAnotherThenRefused(RunningServer server) throws IOException {
    assertThat(raw(server, mcp, "GET /api/v1/apps", "evil.example"))
        .startsWith("HTTP/1.1 403 ")
        .contains("host-not-allowed");
  }

  @Test
  void callWhenItUpgradesThenRefused(RunningServer server) throws IOException {
    String answer =
        RawCall.exchange(
            server,
            "GET /apps/" + http.name() + "/ws HTTP/1.1",
            "Host: " + RawCall.host(server),
            "Authorization: Bearer " + http.token().signed(),
            "Upgrade: websocket");

    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(upstream.received()).isEmpty();
  }

  @Test
  void callWhenWebSocketToMcpThenRefusedInWords(RunningServer server) throws IOException {
    String answer =
        RawCall.exchange(
            server,
            "GET /mcp/apps/" + mcp.name() + " HTTP/1.1",
            "Host: " + RawCall.host(server),
            "Authorization: Bearer " + mcp.token().signed(),
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Protocol: mcp",
            "Upgrade: WebSocket");

    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json")
        .contains("Upgrades are not served here.")
        .doesNotContainIgnoringCase("Sec-WebSocket-Accept");
    assertThat(upstream.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "TRACE"})
  void callWhenMethodTunnelsOrEchoesThenRefused(String method, RunningServer server)
      throws IOException {
    String host = RawCall.host(server);

    String answer = raw(server, http, method + " /apps/" + http.name() + "/x", host);

    assertThat(answer).startsWith("HTTP/1.1 405 ").contains("\r\nAllow: GET, HEAD, POST,");
    assertThat(upstream.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp/apps/nobody", "/.well-known/jwks.json", "/api/v1/apps", "/"})
  void traceWhenAnywhereThenRefusedWithWhatIsAllowed(String path, RunningServer server)
      throws IOException {
    assertThat(raw(server, http, "TRACE " + path, RawCall.host(server)))
        .startsWith("HTTP/1.1 405 ")
        .contains("\r\nAllow: ");
  }

  @Test
  void callWhenConnectNamesAnAuthorityThenRefused(RunningServer server) throws IOException {
    String answer = raw(server, http, "CONNECT 127.0.0.1:5432", RawCall.host(server));

    assertThat(answer).startsWith("HTTP/1.1 405 ").contains("\r\nAllow: ");
    assertThat(upstream.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%2fb",
        "/a%2Fb",
        "/%5cb",
        "/./b",
        "/../b",
        "/a/..",
        "/%2e%2e/b",
        "//b",
        "/a;b",
        "/%00",
        "/%zz",
        "/a\\b",
        "/%252e"
      })
  void callWhenPathHasTwoReadingsThenRefused(String path, RunningServer server) throws IOException {
    String answer = raw(server, http, "GET /apps/" + http.name() + path, RawCall.host(server));

    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(upstream.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/x", "x"})
  void callWhenMcpPathGoesOnThenThereIsNone(String more) {
    HttpResponse<String> answer = client.get(mcp.url() + more, mcp.token().signed());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(upstream.received()).isEmpty();
  }

  @Test
  void callWhenAppIsOfTheOtherKindThenThereIsNone(RunningServer server) {
    String asHttp = server.base() + "/apps/" + mcp.name() + "/";
    String asMcp = server.base() + "/mcp/apps/" + http.name();

    assertThat(client.get(asHttp, mcp.token().signed()).statusCode()).isEqualTo(404);
    assertThat(client.get(asMcp, http.token().signed()).statusCode()).isEqualTo(404);
  }

  @Test
  void callWhenTargetIsAbsoluteThenRefused(RunningServer server) throws IOException {
    String answer =
        raw(server, mcp, "GET http://evil.example/mcp/apps/" + mcp.name(), RawCall.host(server));

    assertThat(answer).startsWith("HTTP/1.1 4");
    assertThat(upstream.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "HEAD"})
  void mcpWhenMethodIsAnotherThenToldWhichAreTaken(String method) {
    HttpResponse<String> answer =
        client.send(
            method,
            mcp.url(),
            BodyPublishers.noBody(),
            "Authorization",
            "Bearer " + mcp.token().signed());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST, GET, DELETE, OPTIONS");
    assertThat(upstream.received()).isEmpty();
  }
}
