package dev.sallyport.connections.flow;

import static dev.sallyport.connections.flow.ConnectionWorld.json;
import static dev.sallyport.connections.flow.ConnectionWorld.text;
import static dev.sallyport.connections.flow.ConnectionWorld.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.FakeAuthServer;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
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
import tools.jackson.databind.JsonNode;

/// What becomes of calls while an account is not connected, and when the app's server wants a
/// better token.
@ExtendWith(RunningServer.Extension.class)
class ConnectedCallsIT {
  private ConnectionWorld world;

  @BeforeEach
  void open(RunningServer server) {
    world = new ConnectionWorld(server);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void parametersOfTheAppThenInTheRequest() {
    world.connects(
        world.appId,
        Map.of(
            "authorizeParameters",
            Map.of("access_type", "offline"),
            "scopes",
            List.of("tools", "offline_access")));
    world.signIn();

    assertThat(world.agree(world.browser, world.link()))
        .containsEntry("access_type", "offline")
        .containsEntry("scope", "offline_access tools");
  }

  @Test
  void ownWhenConnectedWithoutAnAgentThenAgentsNeedOnlyConsent() {
    world.signIn();
    String own = "/oauth/connect/start?app=" + world.appId;
    assertThat(world.browser.get(own).body()).contains("for agents that you allow");
    Map<String, String> asked = world.agree(world.browser, own);
    assertThat(world.callback(world.browser, world.auth.answer(asked)).statusCode()).isEqualTo(200);

    assertThat(world.allow(world.browser, world.link()).body()).contains("Go back to your agent");

    assertThat(text(world.callTool("read"))).isEqualTo("did read");
    assertThat(world.auth.tokenRequests()).hasSize(1);
  }

  @Test
  void httpAppThenAProblemWithTheLinkAndTheSameCallWorksLater() {
    String name = Unique.name("http");
    Rest.Answer app =
        world.rest.post(
            "apps",
            Map.of("name", name, "labels", Map.of("test", world.name), "uri", world.remote.url()));
    assertThat(app.status()).as(app.text()).isEqualTo(201);
    world.connects(app.at("/id"), Map.of());
    String url = app.at("/url");

    HttpResponse<String> refused = world.agent.get(url + "/x", world.token.signed());

    assertThat(refused.statusCode()).isEqualTo(401);
    JsonNode problem = json(refused);
    assertThat(problem.at("/code").asString()).isEqualTo("connection-required");
    assertThat(problem.at("/challenge/status").asString()).isEqualTo("auth_required");
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("Sallyport-Connect ")
        .doesNotContain("Bearer");
    world.finish(problem.at("/auth_url").asString());
    assertThat(world.agent.get(url + "/x", world.token.signed()).statusCode()).isEqualTo(202);
  }

  @Test
  void tokenWhenRefusedByTheServerThenRefreshedAndTheCallSentAgain() {
    world.connect();
    assertThat(text(world.callTool("read"))).isEqualTo("did read");
    world.ageTokens();

    world.auth.expireAll();

    assertThat(text(world.callTool("read"))).isEqualTo("did read");
    assertThat(world.auth.tokenRequests()).hasSize(2);
    assertThat(world.auth.tokenRequests().getLast()).containsEntry("grant_type", "refresh_token");
  }

  @Test
  void grantWhenRevokedAtItsServerThenTheLinkAgain() {
    world.connect();
    world.auth.forgetAll();

    assertThat(world.link()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void serverWhenItMovedToAnotherOneThenPeopleAreSentThere(boolean isOld) throws Exception {
    world.connect();
    if (isOld) {
      // The server that it moved from still refreshes.
      assertThat(text(world.callTool("read"))).isEqualTo("did read");
      world.ageTokens();
    }
    try (FakeAuthServer next = FakeAuthServer.start()) {
      world.remote.moves(next);

      Map<String, String> asked = world.agree(world.browser, world.link());

      assertThat(next.clients()).contains(asked.get("client_id"));
      assertThat(world.callback(world.browser, next.answer(asked)).statusCode()).isEqualTo(200);
      assertThat(text(world.callTool("read"))).isEqualTo("did read");
    }
  }

  @Test
  void grantWhenRevokedHereThenTheLinkAgain() {
    world.connect();
    assertThat(text(world.callTool("read"))).isEqualTo("did read");

    Rest.Answer mine = world.rest.get("connections?all=true&user=" + world.idp.subject());
    assertThat(world.rest.delete("connections/" + mine.at("/items/0/id")).status())
        .as(mine.text())
        .isBetween(200, 204);

    Await.until(
        "the link", () -> !world.callTool("read").at("/result/structuredContent").isEmpty());
  }

  @Test
  void scopeWhenTheServerWantsMoreThenOneSignInForAllAndTheSameCallWorks() {
    world.connect();

    JsonNode refused = world.callTool("write");
    String link = refused.at("/result/structuredContent/auth_url").asString();
    assertThat(link).contains("/oauth/connect/start?link=");
    Map<String, String> asked = world.agree(world.browser, link);
    assertThat(asked.get("scope")).isEqualTo("tools write");
    world.callback(world.browser, world.auth.answer(asked));

    assertThat(text(world.callTool("write"))).isEqualTo("did write");
    assertThat(text(world.callTool("read"))).isEqualTo("did read");
  }

  @Test
  void scopeWhenNeverGivenThenPeopleAreNotSentRoundForEver() {
    world.connect();
    world.auth.withholds("write");
    for (int i = 0; i < 3; i++) {
      String link = world.callTool("write").at("/result/structuredContent/auth_url").asString();
      String query = world.auth.answer(world.agree(world.browser, link));
      assertThat(world.callback(world.browser, query).statusCode()).isEqualTo(200);
    }

    HttpResponse<String> answer = world.send(toolCall("write"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("connection-scopes", "write");
    assertThat(text(world.callTool("read"))).isEqualTo("did read");
  }

  @Test
  void appWithoutConnectionWhenItsServerWantsASignInThenNo401AndAHint() {
    String path = "apps/" + world.appId + "/upstream-credential";
    world.rest.put(path, world.rest.get(path).etag(), Map.of("kind", "assertion"));

    HttpResponse<String> answer = world.send(toolCall("read"));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("upstream-wants-sign-in");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
  }
}
