package dev.sallyport.connections.flow;

import static dev.sallyport.connections.flow.ConnectionWorld.text;
import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// The way from an agent's call over the person's browser to an authorization server and back.
@ExtendWith(RunningServer.Extension.class)
class ConnectFlowIT {
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
  void callWhenNotConnectedThenTheChallenge() {
    JsonNode answer = world.callTool("read");

    JsonNode challenge = answer.at("/result/structuredContent");
    assertThat(challenge.at("/status").asString()).isEqualTo("auth_required");
    assertThat(challenge.at("/server_name").asString()).isEqualTo(world.name);
    assertThat(challenge.at("/message").asString()).isNotEmpty();
    assertThat(text(answer)).contains(challenge.at("/auth_url").asString());
    assertThat(answer.at("/result/isError").asBoolean()).isTrue();
    assertThat(world.remote.seen()).isEmpty();
  }

  @Test
  void callWhenRepeatedThenTheSameLink() {
    assertThat(world.link()).isEqualTo(world.link());
  }

  @Test
  void wholeWayThenTheSameCallWorks() {
    HttpResponse<String> done = world.connect();

    assertThat(done.body()).contains("Go back to your agent").doesNotContain("<script");
    assertThat(done.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .doesNotContain("script");
    assertThat(text(world.callTool("read"))).isEqualTo("did read");
  }

  @Test
  void startWhenNobodyIsSignedInThenTheSignInAndBack() {
    String link = world.link();

    HttpResponse<String> answer = world.browser.get(link);

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(ConnectionWorld.decoded(location(answer)))
        .isEqualTo("/auth/sign-in?return_to=" + link.substring(world.server.base().length()));
  }

  @Test
  void startThenThePageSaysWhoAsksForWhat() {
    world.signIn();

    HttpResponse<String> page = world.browser.get(world.link());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains(world.name, ">agent<", world.auth.issuer(), "<code>tools</code>");
    assertThat(world.auth.tokenRequests()).isEmpty();
  }

  @Test
  void agreedThenTheRequestIsWhole() {
    world.signIn();

    Map<String, String> asked = world.agree(world.browser, world.link());

    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("redirect_uri", world.server.base() + "/oauth/connect/callback")
        .containsEntry("scope", "tools")
        .containsEntry("resource", world.remote.url())
        .containsEntry("code_challenge_method", "S256");
    assertThat(asked.get("state")).hasSize(43);
    assertThat(asked.get("client_id")).startsWith("client-");
  }

  @Test
  void codeThenExchangedWithVerifierAndResource() {
    world.connect();

    assertThat(world.auth.tokenRequests()).hasSize(1);
    assertThat(world.auth.tokenRequests().getFirst())
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("resource", world.remote.url())
        .containsEntry("redirect_uri", world.server.base() + "/oauth/connect/callback")
        .containsKey("code_verifier");
  }

  @Test
  void declinedThenNothingIsConnected() {
    world.signIn();
    String link = world.link();

    HttpResponse<String> page =
        world.browser.post(
            "/oauth/connect/start", "decision=no&" + link.substring(link.indexOf('?') + 1));

    assertThat(page.body()).contains("Nothing connected");
    assertThat(world.link()).isEqualTo(link);
  }

  @Test
  void secondAgentThenOnlyItsConsentIsMissing() {
    world.connect();
    world.token = world.token.with("azp", "other-agent");

    String link = world.link();
    assertThat(world.browser.get(link).body()).contains("other-agent");
    assertThat(world.allow(world.browser, link).body()).contains("Go back to your agent");

    assertThat(text(world.callTool("read"))).isEqualTo("did read");
    assertThat(world.auth.tokenRequests()).hasSize(1);
  }

  @Test
  void namelessAgentThenConsentHoldsForItsSessionOnly() {
    world.token = world.token.without("azp");
    world.connect();
    assertThat(text(world.callTool("read"))).isEqualTo("did read");

    world.token = world.token.with("sid", Unique.name("sid"));

    assertThat(world.link()).isNotEmpty();
  }

  @Test
  void linkWhenFollowedByAnotherPersonThenRefusedAndNothingStored() {
    String link = world.link();
    try (FakeIdp idp = FakeIdp.start();
        HttpBrowser other = new HttpBrowser(world.server)) {
      String provider =
          world.created("auth/oidc/providers", idp.provider(Unique.name("Elsewhere")));
      ConnectionWorld.signIn(other, idp, provider);

      assertThat(other.get(link, "Accept", "application/json").body()).contains("not-your-link");
      assertThat(world.allow(other, link).statusCode()).isEqualTo(403);
    }
    assertThat(world.link()).isEqualTo(link);
    assertThat(world.auth.tokenRequests()).isEmpty();
  }

  @Test
  void linkWhenOpenedByTheHolderOfAKeyThenRefused() {
    try (HttpBrowser other = new HttpBrowser(world.server)) {
      other.post("/auth/sign-in", "credential=" + world.server.adminKey().reveal());

      assertThat(other.get("/api/v1/auth/me").statusCode()).isEqualTo(200);
      assertThat(other.get(world.link(), "Accept", "application/json").body())
          .contains("not-your-link");
    }
  }

  @Test
  void scopesWhenTheServerGivesMoreThenTheyAreShownBeforeAnAgentHasThem() {
    world.signIn();
    Map<String, String> asked = world.agree(world.browser, world.link());
    world.auth.adds("admin");
    world.callback(world.browser, world.auth.answer(asked));

    String link = world.link();
    assertThat(world.browser.get(link).body()).contains("<code>admin</code>", "Connected at");
    assertThat(world.allow(world.browser, link).body()).contains("Go back to your agent");

    assertThat(text(world.callTool("read"))).isEqualTo("did read");
    assertThat(world.auth.tokenRequests()).hasSize(1);
  }

  @Test
  void scopesWhenTheServerAlsoTellsWhoThePersonIsThenNobodyIsAskedAgain() {
    world.signIn();
    Map<String, String> asked = world.agree(world.browser, world.link());
    world.auth.adds("openid", "profile", "email");
    world.callback(world.browser, world.auth.answer(asked));

    assertThat(text(world.callTool("read"))).isEqualTo("did read");
  }
}
