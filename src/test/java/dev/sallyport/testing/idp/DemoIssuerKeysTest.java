package dev.sallyport.testing.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoIssuerKeysTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final DemoUser alice =
      new DemoUser("alice", "alice-password", "alice@demo.test", List.of("eng-platform"));
  private final DemoIssuer issuer = DemoIssuer.start(0, List.of(alice));

  @AfterEach
  void stop() {
    issuer.close();
    http.close();
  }

  @Test
  void rotateWhenAskedThenNewKeySignsAndOldStaysUntilDropped() throws Exception {
    SignedJWT old = SignedJWT.parse(issuer.token(alice));

    String kid = json(rotate(issuer.operatorToken().reveal())).get("kid").stringValue();

    SignedJWT renewed = SignedJWT.parse(issuer.token(alice));
    assertThat(renewed.getHeader().getKeyID()).isEqualTo(kid);
    assertThat(old.getHeader().getKeyID()).isNotEqualTo(kid);
    assertThat(isSignedByPublishedKey(old)).isTrue();
    issuer.dropOldKeys();
    assertThat(isSignedByPublishedKey(old)).isFalse();
    assertThat(isSignedByPublishedKey(renewed)).isTrue();
  }

  @Test
  void rotateWhenNotTheOperatorThenRefuses() throws Exception {
    String before = issuer.jwksJson();

    assertThat(rotate("wrong").statusCode()).isEqualTo(403);
    assertThat(issuer.jwksJson()).isEqualTo(before);
  }

  @Test
  void jwksWhenToldToFailThenFailsUntilHealthyAndCounts() throws Exception {
    issuer.jwksBehaviour(new JwksBehaviour.Failing(503));
    assertThat(get("/jwks").statusCode()).isEqualTo(503);

    issuer.jwksBehaviour(JwksBehaviour.HEALTHY);
    assertThat(get("/jwks").statusCode()).isEqualTo(200);
    assertThat(issuer.jwksRequests()).isEqualTo(2);
  }

  @Test
  void jwksWhenToldToBeSlowThenAnswersAfterTheDelay() throws Exception {
    issuer.jwksBehaviour(new JwksBehaviour.Slow(Duration.ofMillis(300)));

    long start = System.nanoTime();
    HttpResponse<String> answer = get("/jwks");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
    assertThat(JWKSet.parse(answer.body()).getKeys()).hasSize(1);
  }

  @Test
  void jwksWhenServedThenHoldsNoPrivatePart() throws Exception {
    assertThat(JWKSet.parse(get("/jwks").body()).containsNonPublicKeys()).isFalse();
  }

  private boolean isSignedByPublishedKey(SignedJWT token) throws Exception {
    JWKSet keys = JWKSet.parse(get("/jwks").body());
    var key = keys.getKeyByKeyId(token.getHeader().getKeyID());
    return key != null && token.verify(new RSASSAVerifier(key.toRSAKey()));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(issuer.issuer() + path)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> rotate(String operatorToken) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer.issuer() + "/rotate"))
            .header("Authorization", "Bearer " + operatorToken)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
