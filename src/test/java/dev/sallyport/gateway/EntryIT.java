package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.demo.DumperApp;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How a token becomes a session, and which tokens share one.
@ExtendWith(RunningServer.Extension.class)
class EntryIT {
  private static final JsonMapper JSON = new JsonMapper();

  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private Entrance entrance;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, "mcp+" + upstream.url() + "/mcp");
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  @Test
  void callWhenTokenIsGoodThenReachesUpstreamAndOpensOneSession() {
    TestToken token = entrance.token();

    HttpResponse<String> answer = client.post(entrance.url(), token.signed(), "{\"id\":1}");

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode seen = JSON.readTree(answer.body());
    assertThat(seen.get("path").asString()).isEqualTo("/mcp");
    assertThat(seen.get("body").asString()).isEqualTo("{\"id\":1}");
    client.post(entrance.url(), token.signed(), "{}");
    Rest.Answer session = entrance.rest().get("app-sessions/" + entrance.session());
    assertThat(session.at("/subject")).isEqualTo(token.claim("sub"));
    assertThat(session.at("/username")).isEqualTo(token.claim("email"));
    assertThat(session.at("/client")).isEqualTo("agent");
    assertThat(session.at("/address")).startsWith("127.");
  }

  @Test
  void callWhenTokenIsRefreshedThenAttachesToTheSession() {
    TestToken token = entrance.token();

    client.post(entrance.url(), token.signed(), "{}");
    String first = entrance.session();
    client.post(entrance.url(), token.refreshed().signed(), "{}");

    assertThat(entrance.session()).isEqualTo(first);
    String joined = "audit?event=app_session.joined&resource=" + token.claim("email");
    assertThat(entrance.rest().get(joined).at("/total")).isEqualTo("1");
  }

  @Test
  void callWhenIdentityDiffersThenOpensAnotherSession() {
    TestToken token = entrance.token();
    Stream.of(
            token,
            token.with("sid", Unique.name("sid")),
            token.without("sid"),
            token.with("azp", "other"),
            token.without("azp"),
            token.with("act", Map.of("sub", "bot")),
            token.with("sub", Unique.name("person")))
        .forEach(other -> client.post(entrance.url(), other.signed(), "{}"));

    assertThat(entrance.sessions("live")).hasSize(7);
  }

  @Test
  void callWhenTwentyComeAtOnceThenShareOneSession() throws Exception {
    TestToken token = entrance.token();
    String url = entrance.url();
    List<Callable<Integer>> calls =
        Stream.generate(() -> token.refreshed().signed())
            .limit(20)
            .<Callable<Integer>>map(t -> () -> client.post(url, t, "{}").statusCode())
            .toList();

    try (var threads = Executors.newFixedThreadPool(20)) {
      for (Future<Integer> answer : threads.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }

    assertThat(entrance.sessions("all")).hasSize(1);
  }

  @Test
  void callWhenSchemeIsInLowerCaseThenAccepted() {
    HttpResponse<String> answer =
        client.send(
            "POST",
            entrance.url(),
            BodyPublishers.ofString("{}"),
            "Authorization",
            "bearer " + entrance.token().signed());

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void callWhenAudienceIsTheAppsUrlThenAccepted() {
    TestToken token = entrance.token().with("aud", List.of("elsewhere", entrance.url()));

    assertThat(client.post(entrance.url(), token.signed(), "{}").statusCode()).isEqualTo(200);
  }
}
