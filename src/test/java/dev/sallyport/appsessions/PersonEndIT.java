package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.demo.DumperApp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whoever ends the sessions of a person by filter means those too that are not open yet: at which
/// apps and by which tokens the person stays out, and with which they come back.
@ExtendWith(RunningServer.Extension.class)
class PersonEndIT {
  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private Entrance wiki;
  private String mail;
  private String mailUrl;

  /// Two apps, each with a label of its own, that one issuer's people may enter.
  @BeforeEach
  void open(RunningServer server) {
    wiki = Entrance.to(server, upstream.url() + "/");
    mail = Unique.name("mail");
    Map<String, Object> app =
        Map.of("name", mail, "uri", upstream.url() + "/", "labels", Map.of("test", mail));
    Rest.Answer made = wiki.rest().post("apps", app);
    mailUrl = made.at("/url");
    Map<String, Object> config =
        Map.of(
            "name", mail,
            "appLabels", Map.of("test", List.of(mail)),
            "jwt", wiki.jwt(Entrance.AUDIENCE));
    assertThat(wiki.rest().post("app-auth-configs", config).status()).isEqualTo(201);
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private int atWiki(TestToken token) {
    return client.get(wiki.url() + "/x", token.signed()).statusCode();
  }

  private int atMail(TestToken token) {
    return client.get(mailUrl + "/x", token.signed()).statusCode();
  }

  private static String person(TestToken token) {
    return "app-sessions?issuer="
        + URLEncoder.encode(String.valueOf(token.claim("iss")), StandardCharsets.UTF_8)
        + "&subject="
        + token.claim("sub");
  }

  private static int ended(Rest rest, String path) {
    Rest.Answer answer = rest.delete(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("ended").asInt();
  }

  private Rest scoped(String... names) {
    Map<String, Object> key =
        Map.of(
            "name", Unique.name("scoped"),
            "role", "r-admin",
            "scope", Map.of("test", List.of(names)));
    Rest.Answer made = wiki.rest().post("auth/keys", key);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return wiki.rest().with(new Secret(made.at("/key")));
  }

  /// Of the same sign-in, issued after what happens next, with nothing that says when it was.
  private static TestToken refreshedLater(TestToken token) {
    return token
        .refreshed()
        .without("auth_time")
        .with("azp", "another")
        .with("iat", Instant.now().getEpochSecond() + 20);
  }

  @Test
  void endAtAnAppWhenNothingIsLiveThereThenTheTokenOpensNothingThere() {
    TestToken token = wiki.token();

    assertThat(ended(wiki.rest(), person(token) + "&app=" + wiki.name())).isZero();

    assertThat(atWiki(token)).isEqualTo(401);
    assertThat(atMail(token)).as("another app").isEqualTo(200);
    assertThat(atWiki(wiki.token())).as("another person").isEqualTo(200);
  }

  @Test
  void endAtAnAppWhenThePersonIsInElsewhereThenNoRefreshedTokenOfThatSignInComesInHere() {
    TestToken token = wiki.token();
    assertThat(atMail(token)).isEqualTo(200);

    assertThat(ended(wiki.rest(), person(token) + "&app=" + wiki.name())).isZero();

    assertThat(atWiki(refreshedLater(token))).isEqualTo(401);
    assertThat(atMail(token.refreshed())).isEqualTo(200);
  }

  @Test
  void endWhenScopedThenBlockedAtTheAppsOfTheScopeAlone() {
    TestToken token = wiki.token();
    assertThat(atMail(token)).isEqualTo(200);

    assertThat(ended(scoped(wiki.name()), person(token))).isZero();

    assertThat(atWiki(token)).isEqualTo(401);
    assertThat(atMail(token.refreshed())).isEqualTo(200);
    assertThat(ended(scoped(mail), person(token))).isEqualTo(1);
    assertThat(atMail(token.refreshed())).isEqualTo(401);
  }

  @Test
  void endWhenScopedOverSeveralAppsThenEachIsClosed() {
    TestToken token = wiki.token();
    assertThat(atMail(token)).isEqualTo(200);

    assertThat(ended(scoped(mail, wiki.name()), person(token))).isEqualTo(1);

    assertThat(atMail(token.refreshed())).isEqualTo(401);
    assertThat(atWiki(refreshedLater(token))).isEqualTo(401);
  }

  @Test
  void endWhenTheAppLiesOutsideOfTheScopeThenNothingIsBlocked() {
    TestToken token = wiki.token();

    assertThat(ended(scoped(mail), person(token) + "&app=" + wiki.name())).isZero();

    assertThat(atWiki(token)).isEqualTo(200);
  }

  @Test
  void endOfAPersonThenNoRefreshedTokenOfTheSignInOpensAnotherApp() {
    TestToken token = wiki.token();
    assertThat(atWiki(token)).isEqualTo(200);

    assertThat(ended(wiki.rest(), person(token))).isEqualTo(1);

    assertThat(atMail(refreshedLater(token))).isEqualTo(401);
  }

  @Test
  void endOfAPersonWhenTheIssuersClockRunsAheadThenItsTokensOfBeforeStayOut() {
    long ahead = Instant.now().getEpochSecond() + 40;
    TestToken token = wiki.token().without("auth_time").without("sid").with("iat", ahead);
    assertThat(atWiki(token)).isEqualTo(200);

    assertThat(ended(wiki.rest(), person(token))).isEqualTo(1);

    assertThat(atMail(token.with("iat", ahead - 20).with("azp", "another"))).isEqualTo(401);
    assertThat(atMail(token.with("iat", ahead + 15).with("azp", "another"))).isEqualTo(200);
  }

  @Test
  void endOfAPersonThenALaterSignInComesBack() {
    TestToken token = wiki.token();
    assertThat(atWiki(token)).isEqualTo(200);
    ended(wiki.rest(), person(token));

    long later = Instant.now().getEpochSecond() + 5;
    TestToken anew = token.with("sid", Unique.name("sid")).with("auth_time", later);

    assertThat(atWiki(anew.with("iat", later))).isEqualTo(200);
  }

  @Test
  void endWithAClientThenThePersonsOtherClientsComeIn() {
    TestToken token = wiki.token();

    ended(wiki.rest(), person(token) + "&client=agent");

    assertThat(atWiki(token)).isEqualTo(401);
    assertThat(atWiki(token.with("azp", "another"))).isEqualTo(200);
  }

  @Test
  void endByAnythingElseThanAPersonThenNobodyIsBlockedWhoWasNotIn() {
    TestToken token = wiki.token();

    assertThat(ended(wiki.rest(), person(token) + "&config=" + wiki.name())).isZero();
    assertThat(ended(wiki.rest(), "app-sessions?app=" + wiki.name())).isZero();

    assertThat(atWiki(token)).isEqualTo(200);
  }
}
