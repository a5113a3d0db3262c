package dev.sallyport.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.OpenStream;
import dev.sallyport.testing.RefusingStore;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.demo.DumperApp;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// What a sign-out at the identity provider does here.
@ExtendWith(RunningServer.Extension.class)
class BackChannelLogoutIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String FORM = "application/x-www-form-urlencoded";

  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private Entrance entrance;
  private TestProvider provider;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, upstream.url() + "/");
    provider = TestProvider.of(entrance, "agent-client", "session");
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private HttpResponse<String> send(String contentType, String body) {
    return client.send(
        "POST",
        entrance.server().base() + "/auth/oidc/back-channel-logout",
        BodyPublishers.ofString(body),
        "Content-Type",
        contentType);
  }

  private HttpResponse<String> logout(TestToken token) {
    return send(FORM, "logout_token=" + token.signed());
  }

  private void succeeds(TestToken token) {
    HttpResponse<String> answer = logout(token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  private int call(TestToken token) {
    return client.get(entrance.url() + "/x", token.signed()).statusCode();
  }

  private String endedReason() {
    return entrance
        .rest()
        .get("app-sessions?state=ended&app=" + entrance.name())
        .at("/items/0/endedReason");
  }

  @Test
  void logoutWhenAStreamIsOpenThenCutAndTheSidStaysOut() {
    TestToken token = entrance.token();
    OpenStream stream = OpenStream.of(client.stream(entrance.url() + "/sse-quiet", token.signed()));
    upstream.awaitOpenStreams(1, PATIENCE);

    succeeds(provider.logoutOf(token));

    stream.awaitCut(PATIENCE);
    assertThat(endedReason()).isEqualTo("logged-out");
    assertThat(client.get(entrance.url() + "/x", token.refreshed().signed()).body())
        .contains("\"code\":\"token-blocked\"");
    assertThat(call(token.with("sid", Unique.name("sid")))).isEqualTo(200);
  }

  @Test
  void logoutWithSidThenOtherSignInsOfThePersonGoOn() {
    TestToken token = entrance.token();
    TestToken other = token.with("sid", Unique.name("sid"));
    call(token);
    call(other);

    succeeds(provider.logoutOf(token));

    assertThat(call(token)).isEqualTo(401);
    assertThat(call(other)).isEqualTo(200);
  }

  @Test
  void logoutWithSidThenSessionsOfThePersonWithoutSidEnd() {
    TestToken token = entrance.token();
    TestToken nameless = token.without("sid");
    call(nameless);

    succeeds(provider.logoutOf(token));

    assertThat(call(nameless.refreshed())).isEqualTo(401);
    long later = Instant.now().getEpochSecond() + 5;
    assertThat(call(nameless.with("auth_time", later).with("iat", later))).isEqualTo(200);
  }

  @Test
  void logoutWhenOnlySidIsNamedThenThatSignInEnds() {
    TestToken token = entrance.token();
    call(token);

    succeeds(provider.logoutOf(token).without("sub"));

    assertThat(call(token.refreshed())).isEqualTo(401);
  }

  @Test
  void logoutWhenOnlySubjectIsNamedThenAllOfThePersonEnds() {
    TestToken token = entrance.token();
    TestToken other = token.with("sid", Unique.name("sid")).with("azp", "another");
    call(token);
    call(other);

    succeeds(provider.logoutOf(token).without("sid"));

    assertThat(call(token)).isEqualTo(401);
    assertThat(call(other.without("auth_time").with("iat", Instant.now().getEpochSecond() + 5)))
        .as("a token refreshed later, of a sign-in that was ended")
        .isEqualTo(401);
  }

  @Test
  void logoutWhenProviderEndsPersonsThenASidEndsAllOfThePerson() {
    TestProvider strict = TestProvider.of(entrance, "agent-2", "person");
    TestToken token = entrance.token();
    TestToken other = token.with("sid", Unique.name("sid"));
    call(token);
    call(other);

    succeeds(strict.logoutOf(token));

    assertThat(call(other)).isEqualTo(401);
  }

  @Test
  void logoutOfAnotherPersonThenNothingHappensToThisOne() {
    TestToken token = entrance.token();
    call(token);

    succeeds(provider.logoutOf(entrance.token()));

    assertThat(call(token)).isEqualTo(200);
  }

  @Test
  void logoutWhenNothingIsLiveThenTheTokenOpensNothingLater() {
    TestToken token = entrance.token();

    succeeds(provider.logoutOf(token));

    assertThat(call(token)).isEqualTo(401);
  }

  @Test
  void logoutForAnAgentsOwnClientThenAccepted() {
    TestToken token = entrance.token();
    call(token);

    succeeds(provider.logoutOf(token).with("aud", "agent-client"));

    assertThat(call(token)).isEqualTo(401);
  }

  @Test
  void logoutWhenRepeatedThen200AndNothingIsDone() {
    TestToken token = entrance.token();
    TestToken logout = provider.logoutOf(token).without("sid");
    succeeds(logout);
    long later = Instant.now().getEpochSecond() + 5;
    TestToken again = token.with("sid", Unique.name("sid")).with("auth_time", later);
    assertThat(call(again.with("iat", later))).isEqualTo(200);

    succeeds(logout);

    assertThat(entrance.sessions("live")).hasSize(1);
    Await.until(
        "an audit row of the repetition", () -> !events("back_channel_logout.repeated").isEmpty());
  }

  @Test
  void logoutWhenTheStoreFailedThenTheRetryDoesItsWork() {
    TestToken token = entrance.token();
    call(token);
    TestToken logout = provider.logoutOf(token);
    try (RefusingStore store =
        RefusingStore.of(entrance.server(), "block", "subject", token.claim("sub"))) {
      HttpResponse<String> failed = logout(logout);
      assertThat(failed.statusCode()).as(store.constraint()).isEqualTo(503);
      assertThat(failed.headers().firstValue("Cache-Control")).contains("no-store");
    }
    assertThat(call(token)).as("nothing half done").isEqualTo(200);

    succeeds(logout);

    assertThat(call(token)).isEqualTo(401);
  }

  @Test
  void logoutThenAuditSaysWhatEndedAndHoldsNoToken() {
    TestToken token = entrance.token();
    call(token);
    TestToken logout = provider.logoutOf(token);

    succeeds(logout);

    JsonNode row = events("back_channel_logout.done").get(0);
    assertThat(row.at("/details/appSessions").asString()).isEqualTo("1");
    assertThat(row.at("/details/subject").asString()).isEqualTo(token.claim("sub"));
    assertThat(row.toString()).doesNotContain(String.valueOf(token.claim("sid")));
    assertThat(row.toString()).doesNotContain(logout.signed().substring(0, 40));
  }

  private List<JsonNode> events(String event) {
    JsonNode items = entrance.rest().get("audit?event=" + event + "&limit=200").json().get("items");
    return items.valueStream().filter(row -> row.toString().contains(provider.id())).toList();
  }

  @Test
  void logoutWhenProviderIsDisabledThenItsSessionsEndAllTheSame() {
    TestToken token = entrance.token();
    call(token);
    provider.update("update oidc_provider set enabled = false where id = ?", provider.id());

    succeeds(provider.logoutOf(token));

    assertThat(call(token)).isEqualTo(401);
  }

  @Test
  void logoutWhenTheIssuerHasNoProviderThenRefused() {
    TestToken token = entrance.token();
    call(token);
    provider.update("delete from oidc_provider where id = ?", provider.id());

    refuses(logout(provider.logoutOf(token)), "logout-token-issuer");
    assertThat(call(token)).isEqualTo(200);
  }

  @Test
  void logoutWhenSignedByAnotherThenRefusedAndNothingEnds() {
    TestToken token = entrance.token();
    call(token);
    String forged = provider.logoutOf(token).signedBy("P-256/" + Unique.name("stranger"));

    refuses(send(FORM, "logout_token=" + forged), "logout-token-signature");
    assertThat(call(token)).isEqualTo(200);
  }

  @Test
  void logoutWhenAnAccessTokenIsSentThenRefused() {
    refuses(logout(entrance.token()), "logout-token-event");
  }

  @Test
  void logoutWhenTheFormLacksTheTokenThenRefused() {
    refuses(send(FORM, "token=x"), "logout-form");
  }

  @Test
  void logoutWhenTheBodyIsNoFormThenRefused() {
    String token = provider.logoutOf(entrance.token()).signed();
    refuses(send("text/plain", "logout_token=" + token), "logout-form");
    refuses(send("application/json", "{\"logout_token\":\"" + token + "\"}"), "logout-form");
  }

  @Test
  void logoutWhenTheBodyIsTooLargeThenRefused() {
    refuses(send(FORM, "logout_token=" + "a".repeat(70_000)), "logout-form");
  }

  @Test
  void logoutWhenTheTokenStandsInTheAddressThenRefused() {
    String token = provider.logoutOf(entrance.token()).signed();
    HttpResponse<String> answer =
        client.send(
            "POST",
            entrance.server().base()
                + "/auth/oidc/back-channel-logout?logout_token="
                + URLEncoder.encode(token, StandardCharsets.UTF_8),
            BodyPublishers.noBody(),
            "Content-Type",
            FORM);
    refuses(answer, "logout-form");
  }

  private static void refuses(HttpResponse<String> answer, String code) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    assertThat(answer.body()).contains("\"error\":\"invalid_request\"");
  }

  @Test
  void getThenMethodNotAllowed() {
    HttpResponse<String> answer =
        client.send(
            "GET",
            entrance.server().base() + "/auth/oidc/back-channel-logout",
            BodyPublishers.noBody());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void refusedThenAuditNamesTheReason() {
    logout(entrance.token());
    Rest rest = entrance.rest();
    Await.until(
        "an audit row with the reason",
        () ->
            rest.get("audit?event=back_channel_logout.refused&limit=200")
                .text()
                .contains("\"logout-token-event\""));
  }
}
