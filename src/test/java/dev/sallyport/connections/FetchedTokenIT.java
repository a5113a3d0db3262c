package dev.sallyport.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.TokenServer;
import dev.sallyport.testing.TokenServer.Answer;
import dev.sallyport.testing.TokenServer.Asked;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens that the gateway gets for upstreams: by exchange of the caller's, or for itself.
@ExtendWith(RunningServer.Extension.class)
@Isolated("The cache tells how much all keep in it.")
class FetchedTokenIT extends CredentialFixture {
  private final AtomicReference<String> own = new AtomicReference<>("");

  @Test
  void clientCredentialsThenOneTokenForAllCallers() {
    try (TokenServer server = counting()) {
      set(at(server, "client_credentials", "scopes", List.of("a", "b"), "audience", "app"));

      assertThat(call(entrance.token()).header("Authorization")).hasValue("Bearer t-1");
      assertThat(call(entrance.token()).header("Authorization")).hasValue("Bearer t-1");

      assertThat(server.asked()).hasSize(1);
      assertThat(server.asked().getFirst().authorization()).startsWith("Basic ");
      assertThat(server.asked().getFirst().form())
          .containsEntry("grant_type", "client_credentials")
          .containsEntry("scope", "a b")
          .containsEntry("audience", "app");
    }
  }

  @Test
  void exchangeThenEachCallerHasATokenOfTheirOwn() {
    try (TokenServer server = counting()) {
      set(at(server, "exchange", "connectorId", "corp", "resource", "https://app.test/"));
      TestToken alice = entrance.token();

      assertThat(call(alice).header("Authorization")).hasValue("Bearer t-1");
      assertThat(call(alice).header("Authorization")).hasValue("Bearer t-1");
      assertThat(call(entrance.token()).header("Authorization")).hasValue("Bearer t-2");

      assertThat(server.asked().getFirst().form())
          .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
          .containsEntry("subject_token", alice.signed())
          .containsEntry("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
          .containsEntry("connector_id", "corp")
          .containsEntry("resource", "https://app.test/")
          .containsEntry("scope", "openid profile email groups");
    }
  }

  @Test
  void exchangeWhenRefusedThenTheCallerLearnsWhyAndTheUpstreamHearsNothing() {
    try (TokenServer server = TokenServer.start(asked -> Answer.error(400, "invalid_target"))) {
      set(at(server, "exchange"));

      HttpResponse<String> answer = get(entrance.token());

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("upstream-token-refused", "invalid_target");
      assertThat(upstream.received()).isEmpty();
    }
  }

  @Test
  void exchangeWhenErrorComesWithStatus200ThenItIsOne() {
    try (TokenServer server = TokenServer.start(asked -> Answer.error(200, "bad_token"))) {
      set(at(server, "exchange"));
      assertThat(get(entrance.token()).body()).contains("upstream-token-refused", "bad_token");
    }
  }

  @Test
  void exchangeWhenJwtIsOfAnotherIssuerThenRefused() {
    String foreign = entrance.token().signed();
    try (TokenServer server = TokenServer.start(asked -> Answer.token(foreign, 300))) {
      set(at(server, "exchange"));
      assertThat(get(entrance.token()).body()).contains("upstream-token-refused");
    }
  }

  @Test
  void exchangeWhenJwtIsOfTheExpectedIssuerThenSent() {
    String token = entrance.token().signed();
    try (TokenServer server = TokenServer.start(asked -> Answer.token(token, 300))) {
      set(at(server, "exchange", "expectedIssuer", entrance.issuer().iss() + "/"));
      assertThat(call(entrance.token()).header("Authorization")).hasValue("Bearer " + token);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/token", "/token/", "/token?tenant=a"})
  void exchangeWhenNoIssuerIsSetThenTheEndpointWithoutTokenIsExpected(String path) {
    try (TokenServer server = TokenServer.start(this::ofItself)) {
      own.set(server.url());
      Map<String, Object> credential = at(server, "exchange");
      credential.put("tokenEndpoint", server.url() + path);
      set(credential);

      call(entrance.token());

      own.set(server.url() + "/other");
      assertThat(get(entrance.token()).body())
          .contains("upstream-token-refused", "another issuer than " + server.url() + ".");
    }
  }

  @Test
  void exchangeWhenJwtNamesNoIssuerThenRefused() {
    String nobodys = entrance.token().without("iss").signed();
    try (TokenServer server = TokenServer.start(asked -> Answer.token(nobodys, 300))) {
      set(at(server, "exchange"));
      assertThat(get(entrance.token()).body())
          .contains("upstream-token-refused", "names no issuer");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"opaque", "three.parts.only", "five.parts.and.no.jwt"})
  void exchangeWhenTheTokenIsNoJwtThenSent(String token) {
    try (TokenServer server = TokenServer.start(asked -> Answer.token(token, 300))) {
      set(at(server, "exchange"));
      assertThat(call(entrance.token()).header("Authorization")).hasValue("Bearer " + token);
    }
  }

  @Test
  void exchangeWhenTheJwtIsEncryptedThenSentForWhatTheEndpointSays() throws Exception {
    String token = encrypted();
    // Without a lifetime, which an encrypted token does not tell either.
    try (TokenServer server = TokenServer.start(asked -> Answer.token(token, 0))) {
      set(at(server, "exchange"));
      TestToken caller = entrance.token();
      assertThat(call(caller).header("Authorization")).hasValue("Bearer " + token);
      assertThat(call(caller).header("Authorization")).hasValue("Bearer " + token);
      assertThat(server.asked()).hasSize(1);
    }
  }

  private static String encrypted() throws JOSEException {
    JWEObject token =
        new JWEObject(
            new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A128GCM),
            new Payload("{\"iss\":\"https://other.test\"}"));
    token.encrypt(new DirectEncrypter(new byte[16]));
    return token.serialize();
  }

  private Answer ofItself(Asked asked) {
    return Answer.token(entrance.token().with("iss", own.get()).signed(), 300);
  }

  @Test
  void exchangeWhenEndpointIsDownThenUnavailable() {
    TokenServer server = counting();
    set(at(server, "exchange"));
    server.close();

    HttpResponse<String> answer = get(entrance.token());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("upstream-token-unavailable");
  }

  @Test
  void clearWhenExchangedThenTheNextCallExchangesAgain() {
    try (TokenServer endpoint = counting()) {
      set(at(endpoint, "exchange"));
      TestToken token = entrance.token();
      call(token);
      String app = entrance.appPath().replace("apps/", "");
      assertThat(entrance.rest().delete("connections/exchange-cache?app=" + app).status())
          .isEqualTo(204);
      assertThat(call(token).header("Authorization")).hasValue("Bearer t-2");
      assertThat(entrance.rest().get("connections/exchange-cache").json().get("capacity").asInt())
          .isEqualTo(10_000);
    }
  }

  @Test
  void clearWhenOfAUserThenOnlyTheirsAreExchangedAgain() {
    try (TokenServer endpoint = counting()) {
      set(at(endpoint, "exchange"));
      TestToken ada = entrance.token();
      TestToken bob = entrance.token();
      call(ada);
      call(bob);
      String user = String.valueOf(ada.claim("email"));

      entrance.rest().delete("connections/exchange-cache?user=" + user);

      assertThat(call(bob).header("Authorization")).hasValue("Bearer t-2");
      assertThat(call(ada).header("Authorization")).hasValue("Bearer t-3");
    }
  }

  @Test
  void exchangeWhenItsTokenEndsThenItLeavesTheCache() {
    try (TokenServer server = TokenServer.start(asked -> Answer.token("t", 32))) {
      set(at(server, "exchange"));
      int before = entries();
      call(entrance.token());

      Await.until("the entry to be gone", () -> entries() <= before);
    }
  }

  private int entries() {
    return entrance.rest().get("connections/exchange-cache").json().get("entries").asInt();
  }
}
