package dev.sallyport.testing.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoIssuerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String GOOD = "grant_type=password&client_id=sallyport-cli&username=alice";

  private final HttpClient http = HttpClient.newHttpClient();
  private final DemoUser alice =
      new DemoUser("alice", "alice-password", "alice@demo.test", List.of("eng-platform"));
  private final DemoIssuer issuer =
      DemoIssuer.start(0, List.of(alice), Clock.fixed(NOW, ZoneOffset.UTC));

  @AfterEach
  void stop() {
    issuer.close();
    http.close();
  }

  @ParameterizedTest
  @CsvSource({"openid-configuration", "oauth-authorization-server"})
  void discoveryWhenAskedThenNamesIssuerAndEndpoints(String document) throws Exception {
    JsonNode metadata = json(get("/.well-known/" + document));

    assertThat(metadata.get("issuer").stringValue()).isEqualTo("http://127.0.0.1:" + issuer.port());
    assertThat(metadata.get("jwks_uri").stringValue()).isEqualTo(issuer.jwksUri());
    assertThat(metadata.get("token_endpoint").stringValue()).isEqualTo(issuer.tokenEndpoint());
    assertThat(metadata.get("code_challenge_methods_supported").get(0).stringValue())
        .isEqualTo("S256");
  }

  @Test
  void tokenWhenPasswordIsRightThenCarriesTheClaims() throws Exception {
    HttpResponse<String> answer = post("/token", GOOD + "&password=alice-password");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(json(answer).get("token_type").stringValue()).isEqualTo("Bearer");
    assertThat(json(answer).get("expires_in").intValue()).isEqualTo(3600);
    SignedJWT token = SignedJWT.parse(json(answer).get("access_token").stringValue());
    assertThat(token.getHeader().getType()).hasToString("at+jwt");
    assertThat(isSignedByPublishedKey(token)).isTrue();
    assertClaims(token.getJWTClaimsSet());
  }

  private void assertClaims(JWTClaimsSet claims) throws Exception {
    assertThat(claims.getIssuer()).isEqualTo(issuer.issuer());
    assertThat(claims.getSubject()).isEqualTo(alice.subject()).isNotEqualTo("alice");
    assertThat(claims.getAudience()).containsExactly("sallyport-demo");
    assertThat(claims.getStringClaim("azp")).isEqualTo("sallyport-cli");
    assertThat(claims.getStringClaim("client_id")).isEqualTo("sallyport-cli");
    assertThat(claims.getStringClaim("preferred_username")).isEqualTo("alice");
    assertThat(claims.getStringClaim("email")).isEqualTo("alice@demo.test");
    assertThat(claims.getBooleanClaim("email_verified")).isTrue();
    assertThat(claims.getStringListClaim("groups")).containsExactly("eng-platform");
    assertThat(claims.getStringClaim("scope")).isEqualTo("openid profile email");
    assertThat(claims.getIssueTime()).isEqualTo(NOW);
    assertThat(claims.getExpirationTime()).isEqualTo(NOW.plusSeconds(3600));
    assertThat(claims.getLongClaim("auth_time")).isEqualTo(NOW.getEpochSecond());
    assertThat(claims.getJWTID()).isNotBlank();
    assertThat(claims.getStringClaim("sid")).isNotBlank();
  }

  @Test
  void tokenWhenAskedTwiceThenSidAndJtiDifferAndSubjectStays() throws Exception {
    JWTClaimsSet first = SignedJWT.parse(issuer.token(alice)).getJWTClaimsSet();
    JWTClaimsSet second = SignedJWT.parse(issuer.token(alice)).getJWTClaimsSet();

    assertThat(second.getSubject()).isEqualTo(first.getSubject());
    assertThat(second.getJWTID()).isNotEqualTo(first.getJWTID());
    assertThat(second.getStringClaim("sid")).isNotEqualTo(first.getStringClaim("sid"));
  }

  @Test
  void tokenWhenResourceAndScopeAreGivenThenTheyAreInTheToken() throws Exception {
    String form = GOOD + "&password=alice-password&scope=mcp:tools&resource=http://gw/mcp/apps/a";
    String token = json(post("/token", form)).get("access_token").stringValue();

    JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
    assertThat(claims.getAudience()).containsExactly("http://gw/mcp/apps/a");
    assertThat(claims.getStringClaim("scope")).isEqualTo("mcp:tools");
  }

  @ParameterizedTest
  @CsvSource({
    "grant_type=password&client_id=sallyport-cli&username=alice&password=wrong, 400, invalid_grant",
    "grant_type=password&client_id=sallyport-cli&username=eve&password=wrong, 400, invalid_grant",
    "grant_type=password&client_id=sallyport-cli&username=alice, 400, invalid_grant",
    "grant_type=password&client_id=other&username=alice&password=wrong, 401, invalid_client",
    "grant_type=password&username=alice&password=wrong, 401, invalid_client",
    "grant_type=refresh_token&client_id=sallyport-cli, 400, unsupported_grant_type",
    "client_id=sallyport-cli, 400, invalid_request",
    "grant_type=password&client_id=sallyport-cli&resource=no-uri, 400, invalid_target",
    "grant_type=password&client_id=sallyport-cli&resource=http://a/%23f, 400, invalid_target",
  })
  void tokenWhenRequestIsWrongThenRefusesWithTheCode(String form, int status, String error)
      throws Exception {
    HttpResponse<String> answer = post("/token", form);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}");
  }

  @Test
  void startWhenPortIsTakenThenNamesIt() {
    int port = issuer.port();
    assertThatThrownBy(() -> DemoIssuer.start(port, List.of(alice)))
        .hasMessage("Can't listen on 127.0.0.1:" + port);
  }

  @Test
  void userWhenPrintedThenHidesThePassword() {
    assertThat(alice.toString()).contains("alice@demo.test").doesNotContain("alice-password");
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

  private HttpResponse<String> post(String path, String form)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer.issuer() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
