package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sessions that a front proxy opens and looks up over REST.
@ExtendWith(RunningServer.Extension.class)
class AppSessionsResourceIT {
  private Entrance entrance;
  private Rest proxy;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, "https://app.example/");
    proxy = entrance.rest().holding("r-agent");
  }

  private Rest.Answer open(TestToken token) {
    return proxy.post("app-sessions", request(token));
  }

  private Map<String, Object> request(TestToken token) {
    return Map.of("app", entrance.name(), "jwt", token.signed(), "remoteAddress", "203.0.113.7");
  }

  @Test
  void openWhenTokenIsGoodThenWholeSessionComesBack() {
    TestToken token = entrance.token().without("sid");

    Rest.Answer made = open(token);

    assertThat(made.status()).isEqualTo(201);
    assertThat(
            made.shape()
                .replace(entrance.name(), "NAME")
                .replace(entrance.issuer().iss(), "ISS")
                .replace(String.valueOf(token.claim("email")), "EMAIL")
                .replace(String.valueOf(token.claim("sub")), "SUB")
                .replaceFirst("r-agent-[0-9a-f-]+", "KEY")
                .replaceFirst("(issuerLeadSeconds\" : )-?\\d+", "$10"))
        .isEqualToIgnoringWhitespace(
            """
            {
              "id" : "aas_ID",
              "appId" : "app_ID",
              "app" : "NAME",
              "configId" : "aac_ID",
              "config" : "NAME",
              "issuer" : "ISS",
              "subject" : "SUB",
              "username" : "EMAIL",
              "client" : "agent",
              "sid" : null,
              "act" : null,
              "address" : "203.0.113.7",
              "openedBy" : "KEY",
              "startedAt" : "TIME",
              "absoluteEnd" : "TIME",
              "idleSeconds" : 3600,
              "expiresAt" : "TIME",
              "lastSeenAt" : "TIME",
              "calls" : 0,
              "issuerLeadSeconds" : 0,
              "endedAt" : null,
              "endedReason" : null,
              "endedBy" : null
            }
            """);
  }

  @Test
  void openWhenSessionIsLiveThenTheSameComesBack() {
    TestToken token = entrance.token();
    Rest.Answer first = open(token);

    Rest.Answer again = open(token.refreshed());

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.at("/id")).isEqualTo(first.at("/id"));
  }

  @Test
  void openWhenAnswerIsReadAgainThenItIsTheSame() {
    Rest.Answer made = open(entrance.token());

    assertThat(entrance.rest().get("app-sessions/" + made.at("/id")).json()).isEqualTo(made.json());
  }

  @Test
  void openWhenTokenIsRefusedThenItsCode() {
    Rest.Answer refused = open(entrance.token().with("aud", "elsewhere"));

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.code()).isEqualTo("token-audience");
    assertThat(entrance.sessions("all")).isEmpty();
  }

  @Test
  void openWhenSessionWasEndedThenBlocked() {
    TestToken token = entrance.token();
    entrance.end(open(token).at("/id"));

    Rest.Answer refused = open(token);

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.code()).isEqualTo("token-blocked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "203.0.113.7, 10.0.0.1", "203.0.113.7:80", "1.2.3", "7"})
  void openWhenAddressIsNotOneIpLiteralThenRefused(String address) {
    Map<String, Object> request = new HashMap<>(request(entrance.token()));
    request.put("remoteAddress", address);

    Rest.Answer refused = proxy.post("app-sessions", request);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("remoteAddress");
  }

  @Test
  void openWhenFieldsAreMissingThenEachIsNamed() {
    assertThat(proxy.post("app-sessions", "{}").fields())
        .containsExactly("app", "jwt", "remoteAddress");
  }

  @Test
  void openWhenAppIsUnknownThenNotFound() {
    Map<String, Object> request = new HashMap<>(request(entrance.token()));
    request.put("app", Unique.name("nobody"));

    assertThat(proxy.post("app-sessions", request).code()).isEqualTo("app-not-found");
  }

  @Test
  void lookupWhenTokenIsAttachedThenItsSession() {
    TestToken token = entrance.token();
    String id = open(token).at("/id");

    Rest.Answer found = lookup(TestToken.hash(token.signed()));
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.at("/id")).isEqualTo(id);
    entrance.end(id);
    assertThat(lookup(TestToken.hash(token.signed())).status()).isEqualTo(404);
  }

  @Test
  void lookupWhenTokenIsUnknownThenNotFound() {
    assertThat(lookup("0".repeat(64)).status()).isEqualTo(404);
    assertThat(lookup("0".repeat(64)).code()).isEqualTo("not-found");
  }

  @Test
  void lookupWhenHashIsNoneThenNamed() {
    assertThat(lookup("abc").fields()).containsExactly("tokenHash");
  }

  private Rest.Answer lookup(String hash) {
    return proxy.get("app-sessions/lookup?app=" + entrance.name() + "&tokenHash=" + hash);
  }

  @Test
  void proxyWhenItListsOrEndsThenRefused() {
    String id = open(entrance.token()).at("/id");

    assertThat(proxy.get("app-sessions").status()).isEqualTo(403);
    assertThat(proxy.delete("app-sessions/" + id).status()).isEqualTo(403);
    assertThat(entrance.session()).isEqualTo(id);
  }

  @Test
  void endWhenSessionIsUnknownThenNotFound() {
    assertThat(entrance.end("aas_unknown").status()).isEqualTo(404);
  }
}
