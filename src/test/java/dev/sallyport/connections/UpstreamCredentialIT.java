package dev.sallyport.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.TokenServer;
import dev.sallyport.testing.demo.DumperApp;
import dev.sallyport.testing.demo.Received;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What an app's upstreams get to prove themselves with, as it arrives there, and who may set it to
/// what.
@ExtendWith(RunningServer.Extension.class)
class UpstreamCredentialIT extends CredentialFixture {
  @Test
  void standardThenTheAssertionAndNoToken() {
    assertThat(entrance.rest().get(path()).at("/kind")).isEqualTo("assertion");

    Received seen = call(entrance.token());

    assertThat(seen.header("Sallyport-Jwt-Assertion")).isPresent();
    assertThat(seen.header("Authorization")).isEmpty();
  }

  @Test
  void noneThenNeitherAssertionNorToken() {
    set(Map.of("kind", "none"));

    Received seen = call(entrance.token());

    assertThat(seen.header("Sallyport-Jwt-Assertion")).isEmpty();
    assertThat(seen.header("Authorization")).isEmpty();
  }

  @Test
  void staticThenTheHeaderArrivesAndTheSecretIsNeverShown() {
    set(Map.of("kind", "static", "header", "X-Api-Key", "value", "k-123"));

    assertThat(call(entrance.token()).header("X-Api-Key")).hasValue("k-123");
    Rest.Answer shown = entrance.rest().get(path());
    assertThat(shown.text()).doesNotContain("k-123");
    assertThat(shown.json().get("hasSecret").asBoolean()).isTrue();
  }

  @Test
  void staticWhenValueIsLeftOutLaterThenTheStoredOneStays() {
    set(Map.of("kind", "static", "header", "X-Api-Key", "value", "k-123"));
    set(Map.of("kind", "static", "header", "X-Other-Key"));

    assertThat(call(entrance.token()).header("X-Other-Key")).hasValue("k-123");
  }

  @Test
  void forwardThenTheCallersTokenItself() {
    set(Map.of("kind", "forward"));
    TestToken token = entrance.token();

    assertThat(call(token).header("Authorization")).hasValue("Bearer " + token.signed());
  }

  @Test
  void changeWhenCallerIsInAlreadyThenActsAtTheNextCall() {
    TestToken token = entrance.token();
    assertThat(call(token).header("Sallyport-Jwt-Assertion")).isPresent();

    set(Map.of("kind", "static", "value", "Basic eA=="));

    assertThat(call(token).header("Authorization")).hasValue("Basic eA==");
  }

  @Test
  void putWhenFieldsAreWrongThenEachIsNamed() {
    assertThat(put(Map.of("kind", "magic")).fields()).containsExactly("kind");
    assertThat(put(Map.of("kind", "static", "header", "Cookie")).fields())
        .containsExactlyInAnyOrder("header", "value");
    assertThat(put(Map.of("kind", "exchange", "tokenEndpoint", "x")).fields())
        .containsExactlyInAnyOrder("tokenEndpoint", "clientId", "clientSecret");
    try (TokenServer server = counting()) {
      assertThat(put(at(server, "exchange", "subjectTokenType", "id token")).fields())
          .containsExactly("subjectTokenType");
    }
  }

  @Test
  void putWhenRevisionIsOldThenRefused() {
    assertThat(entrance.rest().put(path(), "\"7\"", Map.of("kind", "none")).status())
        .isEqualTo(412);
  }

  @Test
  void putWhenAnUpstreamIsOfAnotherOriginThenRefused() {
    Map<String, Object> elsewhere = Map.of("name", "b", "url", "https://elsewhere.test/");
    assertThat(
            entrance
                .changeApp(
                    Map.of(
                        "upstreamHosts",
                        List.of("elsewhere.test"),
                        "upstreams",
                        List.of(Map.of("name", "a", "url", upstream.url() + "/"), elsewhere)))
                .status())
        .isEqualTo(200);

    Rest.Answer answer = put(Map.of("kind", "static", "value", "k"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("own origin");
    assertThat(put(Map.of("kind", "none")).status()).isEqualTo(200);
  }

  @Test
  void putWhenTheEndpointMovesThenTheSecretMustBeGivenAgain() {
    try (TokenServer first = counting();
        TokenServer second = counting()) {
      set(at(first, "client_credentials"));
      Map<String, Object> moved = at(second, "client_credentials");
      moved.remove("clientSecret");

      assertThat(put(moved).fields()).containsExactly("clientSecret");

      Map<String, Object> kept = at(first, "client_credentials", "scopes", List.of("more"));
      kept.remove("clientSecret");
      assertThat(put(kept).status()).isEqualTo(200);
      assertThat(second.asked()).isEmpty();
    }
  }

  @Test
  void appWhenItMovesThenItsCredentialStaysBehind() {
    set(Map.of("kind", "static", "header", "X-Api-Key", "value", "k-123"));
    try (DumperApp elsewhere = DumperApp.start(0)) {
      assertThat(entrance.changeApp(Map.of("uri", elsewhere.url() + "/")).status()).isEqualTo(200);

      assertThat(get(entrance.token()).statusCode()).isEqualTo(502);
      assertThat(elsewhere.received()).isEmpty();
      assertThat(put(Map.of("kind", "static", "header", "X-Api-Key")).fields())
          .containsExactly("value");
    }
  }

  @Test
  void staticWhenClientSendsTheHeaderWithUnderscoresThenItDoesNotArrive() {
    set(Map.of("kind", "static", "header", "X-Api-Key", "value", "k-123"));

    client.get(entrance.url() + "/x", entrance.token().signed(), "X_Api_Key", "forged");

    Received seen = upstream.awaitReceived(1, Duration.ofSeconds(30)).getLast();
    assertThat(seen.header("X-Api-Key")).hasValue("k-123");
    assertThat(seen.header("X_Api_Key")).isEmpty();
  }

  @Test
  void putWhenUpstreamIsPlainHttpOffLoopbackThenOnlyOnPurpose(RunningServer server) {
    Entrance plain = Entrance.to(server, "http://192.0.2.7/");
    String credential = plain.appPath() + "/upstream-credential";
    String tag = plain.rest().get(credential).etag();
    Map<String, Object> wanted = new LinkedHashMap<>(Map.of("kind", "static", "value", "k"));

    assertThat(plain.rest().put(credential, tag, wanted).text()).contains("allowPlainHttp");
    wanted.put("allowPlainHttp", true);
    assertThat(plain.rest().put(credential, tag, wanted).status()).isEqualTo(200);
    Map<String, Object> forward = Map.of("kind", "forward", "allowPlainHttp", true);
    String next = plain.rest().get(credential).etag();
    assertThat(plain.rest().put(credential, next, forward).text()).contains("plain http");
  }
}
