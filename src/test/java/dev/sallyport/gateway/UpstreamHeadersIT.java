package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.demo.DumperApp;
import dev.sallyport.testing.demo.Received;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What an upstream sees of a call: the assertion and who called from where, never what the client
/// said of itself.
@ExtendWith(RunningServer.Extension.class)
class UpstreamHeadersIT {
  private static final List<String> FORGED =
      List.of(
          "Cookie",
          "Forwarded",
          "Proxy-Authorization",
          "Sallyport-Jwt-Assertion",
          "sallyport_jwt_assertion",
          "SALLYPORT-Anything",
          "X-Forwarded-User",
          "X_Forwarded_User",
          "x-forwarded-email",
          "X-Real-IP",
          "X_Real_Ip",
          "Remote-User",
          "Remote_User",
          "X-Remote-User",
          "X-User",
          "X_User_Id",
          "X-Auth-Request-Email",
          "X-Webauth-User",
          "X-Original-URL",
          "X-Ms-Client-Principal-Name",
          "X-Goog-Authenticated-User-Email",
          "X-Amzn-Oidc-Identity",
          "X-Client-Cert",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Forwarded-Port");

  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private Entrance entrance;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, upstream.url() + "/");
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private Received call(TestToken token, String... headers) {
    assertThat(client.get(entrance.url() + "/x", token.signed(), headers).statusCode())
        .isEqualTo(200);
    return upstream.awaitReceived(1, Await.PATIENCE).getLast();
  }

  @Test
  void callWhenClientForgesIdentityThenNothingOfItArrives() {
    String[] headers = new String[FORGED.size() * 2];
    for (int i = 0; i < FORGED.size(); i++) {
      headers[2 * i] = FORGED.get(i);
      headers[2 * i + 1] = "forged";
    }

    Received seen = call(entrance.token(), headers);

    assertThat(seen.headers().values()).noneMatch(values -> values.toString().contains("forged"));
    assertThat(seen.header("Authorization")).isEmpty();
    assertThat(seen.header("Cookie")).isEmpty();
  }

  @Test
  void callWhenHeadersAreTheAppsOwnThenTheyArrive() {
    Received seen = call(entrance.token(), "X-App-Thing", "kept", "Accept-Language", "de");

    assertThat(seen.header("X-App-Thing")).hasValue("kept");
    assertThat(seen.header("Accept-Language")).hasValue("de");
  }

  @Test
  void callWhenForwardedThenHeadersAreBuiltAnew(RunningServer server) {
    Received seen = call(entrance.token(), "X-Forwarded-For", "203.0.113.9");

    String host = RawCall.host(server);
    assertThat(seen.header("X-Forwarded-Host")).hasValue(host);
    assertThat(seen.header("X-Forwarded-Port")).hasValue(host.split(":")[1]);
    assertThat(seen.header("X-Forwarded-Proto")).hasValue("http");
    assertThat(seen.header("X-Forwarded-For").orElseThrow()).startsWith("127.");
    assertThat(seen.headers().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)))
        .filteredOn(name -> name.equals("x-forwarded-for"))
        .hasSize(1);
  }

  @Test
  void callWhenItHasAPathAndQueryThenBothArriveUntouched() {
    client.get(entrance.url() + "/a%20b/c?q=1&q=%2F%C3%A4", entrance.token().signed());

    Received seen = upstream.awaitReceived(1, Await.PATIENCE).getLast();
    assertThat(seen.path()).isEqualTo("/a%20b/c");
    assertThat(seen.query()).isEqualTo("q=1&q=%2F%C3%A4");
  }

  @Test
  void assertionWhenVerifiedWithThePublishedKeysThenSaysWhoCalls(RunningServer server)
      throws Exception {
    TestToken token = entrance.token().with("groups", List.of("eng", "ops"));
    Received seen = call(token);

    SignedJWT assertion = SignedJWT.parse(seen.header("Sallyport-Jwt-Assertion").orElseThrow());
    assertThat(assertion.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
    assertThat(assertion.verify(publishedKey(server, assertion))).isTrue();
    JWTClaimsSet claims = assertion.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(server.base() + "/assertions");
    assertThat(claims.getAudience()).containsExactly(upstream.url() + "/");
    assertThat(claims.getSubject()).isEqualTo(token.claim("sub"));
    assertThat(claims.getStringClaim("idp")).isEqualTo(entrance.issuer().iss());
    assertThat(claims.getStringClaim("username")).isEqualTo(token.claim("email"));
    assertThat(claims.getStringClaim("email")).isEqualTo(token.claim("email"));
    assertThat(claims.getStringListClaim("groups")).containsExactly("eng", "ops");
    assertThat(claims.getStringClaim("sid")).isEqualTo(entrance.session());
    assertThat(claims.getStringClaim("client")).isEqualTo("agent");
    assertThat(claims.getStringClaim("app")).isEqualTo(entrance.name());
    assertThat(claims.getJWTID()).isNotBlank();
    assertThat(claims.getExpirationTime().toInstant())
        .isBefore(Instant.now().plus(Duration.ofMinutes(10)))
        .isAfter(Instant.now());
  }

  private JWSVerifier publishedKey(RunningServer server, SignedJWT assertion) throws Exception {
    String keys =
        client
            .send("GET", server.base() + "/.well-known/jwks.json", BodyPublishers.noBody())
            .body();
    assertThat(keys).doesNotContain("\"d\"");
    return new ECDSAVerifier(
        JWKSet.parse(keys).getKeyByKeyId(assertion.getHeader().getKeyID()).toECKey());
  }

  @Test
  void assertionWhenTokenEndsSoonThenDoesNotOutliveIt() throws Exception {
    long end = Instant.now().getEpochSecond() + 45;

    Received seen = call(entrance.token().with("exp", end));

    SignedJWT assertion = SignedJWT.parse(seen.header("Sallyport-Jwt-Assertion").orElseThrow());
    assertThat(assertion.getJWTClaimsSet().getExpirationTime().toInstant().getEpochSecond())
        .isLessThanOrEqualTo(end);
  }
}
