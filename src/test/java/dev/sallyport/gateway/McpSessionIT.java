package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.ScriptedUpstream;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The `Mcp-Session-Id` that clients see: sealed, sticky, and of use to nobody else.
@ExtendWith(RunningServer.Extension.class)
class McpSessionIT {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nMcp-Session-Id: secret-of-%s\r\nContent-Length: 2\r\n\r\n{}";

  private final GatewayClient client = new GatewayClient();
  private final ScriptedUpstream upstream =
      ScriptedUpstream.start(head -> ANSWER.formatted(head.getFirst().split("[ /]+")[1]));
  private Entrance entrance;

  @BeforeEach
  void open(RunningServer server) {
    entrance =
        Entrance.of(
            server,
            Map.of(
                "uri",
                "mcp+" + upstream.url() + "/a",
                "upstreams",
                List.of(
                    Map.of("name", "a", "url", upstream.url() + "/a"),
                    Map.of("name", "b", "url", upstream.url() + "/b"))),
            Map.of());
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private HttpResponse<String> call(TestToken token, String... headers) {
    // Without a body: the scripted upstream reads none.
    return client.get(entrance.url(), token.signed(), headers);
  }

  private String initialised(TestToken token) {
    return call(token).headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  @Test
  void answerWhenUpstreamNamesASessionThenClientSeesASealedOne() {
    String id = initialised(entrance.token());

    assertThat(id).startsWith("v1.").doesNotContain("secret-of");
  }

  @Test
  void callWhenItBringsTheSessionThenSameUpstreamSeesItsOwnId() {
    TestToken token = entrance.token();
    String id = initialised(token);
    String target = upstream.requests().getFirst().getFirst();

    for (int i = 0; i < 6; i++) {
      assertThat(call(token, "Mcp-Session-Id", id).statusCode()).isEqualTo(200);
    }

    assertThat(upstream.requests()).hasSize(7).allMatch(head -> head.getFirst().equals(target));
    assertThat(upstream.requests().getLast())
        .anyMatch(line -> line.equalsIgnoreCase("Mcp-Session-Id: secret-of-" + target.charAt(5)));
  }

  @Test
  void callWhenTokenIsRefreshedThenSessionStaysUsable() {
    TestToken token = entrance.token();
    String id = initialised(token);

    assertThat(call(token.refreshed(), "Mcp-Session-Id", id).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret-of-a", "v1.", "v1.AAAA", "v1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void callWhenSessionIsForgedThenNotFoundAndUpstreamIsNotCalled(String id) {
    TestToken token = entrance.token();
    initialised(token);

    refusesUncalled(call(token, "Mcp-Session-Id", id));
  }

  @Test
  void callWhenSessionIsAnotherPersonsOrClientsThenNotFound() {
    TestToken token = entrance.token();
    String id = initialised(token);

    refusesUncalled(call(token.with("sub", Unique.name("other")), "Mcp-Session-Id", id));
    refusesUncalled(call(token.with("azp", "other"), "Mcp-Session-Id", id));
  }

  @Test
  void callWhenSessionIsOfAnotherAppThenNotFound(RunningServer server) {
    String id = initialised(entrance.token());
    Entrance other = Entrance.to(server, "mcp+" + upstream.url() + "/a");

    refusesUncalled(client.get(other.url(), other.token().signed(), "Mcp-Session-Id", id));
  }

  @Test
  void callWhenUpstreamIsGoneFromTheAppThenNotFound() {
    TestToken token = entrance.token();
    String id = initialised(token);
    var next = List.of(Map.of("name", "c", "url", upstream.url() + "/c"));
    assertThat(entrance.changeApp(Map.of("upstreams", next)).status()).isEqualTo(200);

    refusesUncalled(call(token, "Mcp-Session-Id", id));
  }

  private void refusesUncalled(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("\"code\":\"mcp-session-not-found\"");
    assertThat(upstream.requests()).hasSize(1);
  }
}
