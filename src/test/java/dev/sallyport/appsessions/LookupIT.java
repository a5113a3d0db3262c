package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jose.SigningKeys;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestIssuer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.demo.DumperApp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/// Asked by a token's hash alone, the answer is the gateway's, whatever has changed since the token
/// came; and a session shows the config that lets it go on.
@ExtendWith(RunningServer.Extension.class)
class LookupIT {
  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private Entrance entrance;
  private TestToken token;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, upstream.url() + "/");
    token = entrance.token().with("groups", List.of("eng"));
    assertThat(call(token)).isEqualTo(200);
    assertThat(lookup(token).status()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private int call(TestToken presented) {
    return client.get(entrance.url() + "/x", presented.signed()).statusCode();
  }

  private Rest.Answer lookup(TestToken presented) {
    String hash = TestToken.hash(presented.signed());
    return entrance.rest().get("app-sessions/lookup?app=" + entrance.name() + "&tokenHash=" + hash);
  }

  private void change(Map<String, Object> members) {
    Rest.Answer changed = entrance.changeConfig(members);
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
  }

  private void refused() {
    assertThat(lookup(token).status()).as("before a call").isEqualTo(404);
    assertThat(call(token)).isIn(401, 403);
    assertThat(lookup(token).status()).as("after the call").isEqualTo(404);
    assertThat(entrance.session()).as("the session, by itself, is not over").isNotEmpty();
  }

  private void letInAfterACall() {
    assertThat(lookup(token).status()).as("before a call").isEqualTo(404);
    assertThat(call(token)).isEqualTo(200);
    assertThat(lookup(token).status()).as("after the call").isEqualTo(200);
  }

  private static Map<String, Object> allow(String group) {
    return Map.of("allow", List.of(Map.of("claim", "groups", "anyOf", List.of(group))));
  }

  @Test
  void lookupWhenRulesLetInNoMoreThenNotFound() {
    change(allow("sales"));

    refused();
  }

  @Test
  void lookupWhenRulesChangedAndStillLetInThenFoundAfterTheNextCall() {
    change(allow("e*"));

    letInAfterACall();
  }

  @Test
  void lookupWhenTheAudienceChangedThenNotFound() {
    change(Map.of("jwt", entrance.jwt("another")));

    refused();
  }

  @Test
  void lookupWhenAScopeIsDemandedThenNotFound() {
    change(Map.of("requiredScopes", List.of("wiki:read")));

    refused();
  }

  @Test
  void lookupWhenTheClientIsNotAllowedAnyMoreThenNotFound() {
    change(Map.of("allowedClients", List.of("another")));

    refused();
  }

  @Test
  void lookupWhenWhatChangedDecidesNothingThenStillFound() {
    change(Map.of("sessionLifetime", "PT3H", "priority", 3));

    assertThat(lookup(token).status()).isEqualTo(200);
  }

  @Test
  void lookupWhenTheKeyIsReplacedThenNotFound() {
    replaceKeys(SigningKeys.jwk(TestIssuer.create().pair(), "\"kid\":\"k1\"", "\"alg\":\"ES256\""));

    refused();
  }

  @Test
  void lookupWhenAKeyIsAddedThenStillFound() {
    String mine = SigningKeys.jwk(entrance.issuer().pair(), "\"kid\":\"k1\"", "\"alg\":\"ES256\"");
    String more =
        SigningKeys.jwk(TestIssuer.create().pair(), "\"kid\":\"k2\"", "\"alg\":\"ES256\"");
    replaceKeys(mine, more);

    assertThat(lookup(token).status()).isEqualTo(200);
  }

  private void replaceKeys(String... keys) {
    Rest rest = entrance.rest();
    String path = "issuers/" + rest.get(entrance.configPath()).at("/jwt/issuerId");
    var jwks = new JsonMapper().readTree(SigningKeys.jwks(keys));
    Rest.Answer replaced =
        rest.put(
            path,
            rest.get(path).etag(),
            Map.of("issuer", entrance.issuer().iss(), "staticJwks", jwks));
    assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
  }

  private String other(Map<String, Object> members) {
    String name = Unique.name("other");
    Map<String, Object> input = new HashMap<>();
    input.put("name", name);
    input.put("appLabels", Map.of("test", List.of(entrance.name())));
    input.put("jwt", entrance.jwt(Entrance.AUDIENCE));
    input.putAll(members);
    Rest.Answer made = entrance.rest().post("app-auth-configs", input);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return name;
  }

  private void isShownAs(String config) {
    assertThat(lookup(token).at("/config")).isEqualTo(config);
    Rest.Answer listed = entrance.rest().get("app-sessions?config=" + config);
    assertThat(listed.at("/total")).isEqualTo("1");
    assertThat(listed.at("/items/0/id")).isEqualTo(entrance.session());
  }

  @Test
  void sessionWhenItsConfigIsDisabledAndAnotherTakesOverThenGoesOnAsThatOnes() {
    String other = other(Map.of("priority", -1));
    assertThat(lookup(token).status()).as("it does not decide").isEqualTo(200);
    String session = entrance.session();

    change(Map.of("enabled", false));

    letInAfterACall();
    assertThat(entrance.session()).isEqualTo(session);
    isShownAs(other);
  }

  @Test
  void sessionWhenAnotherConfigOutranksItsThenGoesOnAsThatOnes() {
    String other = other(Map.of("priority", 1));

    letInAfterACall();
    isShownAs(other);
  }

  @Test
  void sessionWhenAProxyPresentsARefreshedTokenThenGoesOnAsTheConfigsThatDecides() {
    String other = other(Map.of("priority", 1));
    token = token.refreshed();

    Rest.Answer attached =
        entrance
            .rest()
            .post(
                "app-sessions",
                Map.of(
                    "app", entrance.name(),
                    "jwt", token.signed(),
                    "remoteAddress", "203.0.113.7"));

    assertThat(attached.status()).as(attached.text()).isEqualTo(200);
    assertThat(attached.at("/config")).isEqualTo(other);
    isShownAs(other);
  }

  @Test
  void sessionsWhenEndedByTheConfigThatTookOverThenItIsAmongThem() {
    String other = other(Map.of("priority", 1));
    letInAfterACall();

    assertThat(entrance.rest().delete("app-sessions?config=" + other).at("/ended")).isEqualTo("1");

    assertThat(lookup(token).status()).isEqualTo(404);
  }
}
