package dev.sallyport.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DumperApp;
import dev.sallyport.testing.keycloak.Keycloak;
import dev.sallyport.testing.keycloak.KeycloakRealm;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A caller's token, traded at a real Keycloak for one that the upstream takes.
@ExtendWith({RunningServer.Extension.class, Keycloak.Extension.class})
class KeycloakExchangeIT {
  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private KeycloakRealm realm;
  private Entrance entrance;

  @BeforeEach
  void open(RunningServer server, KeycloakRealm running) {
    realm = running;
    Map<String, Object> jwt =
        Map.of(
            "issuer", realm.issuer(),
            "audience", realm.audience(),
            "jwksUrl", realm.jwksUri());
    entrance = Entrance.of(server, Map.of("uri", upstream.url() + "/"), Map.of("jwt", jwt));
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private void exchangeAs(String clientId, String audience) {
    String path = entrance.appPath() + "/upstream-credential";
    Map<String, Object> credential =
        Map.of(
            "kind", "exchange",
            "tokenEndpoint", realm.tokenEndpoint(),
            "expectedIssuer", realm.issuer(),
            "clientId", clientId,
            "clientSecret", realm.clientSecret().reveal(),
            "scopes", List.of("openid"),
            "audience", audience);
    Rest.Answer answer = entrance.rest().put(path, entrance.rest().get(path).etag(), credential);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private HttpResponse<String> get(String token) {
    return client.get(entrance.url() + "/x", token);
  }

  /// What the upstream got in `Authorization`.
  private String call(String token) {
    int before = upstream.received().size();
    HttpResponse<String> answer = get(token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return upstream
        .awaitReceived(before + 1, Await.PATIENCE)
        .getLast()
        .header("Authorization")
        .orElseThrow();
  }

  private static JWTClaimsSet claims(String bearer) {
    try {
      return SignedJWT.parse(bearer.replaceFirst("^Bearer ", "")).getJWTClaimsSet();
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void assertRefused(String error) {
    HttpResponse<String> answer = get(realm.token("alice"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
    assertThat(answer.body()).contains("upstream-token-refused", error);
    assertThat(upstream.received()).isEmpty();
  }

  @Test
  void callThenTheUpstreamGetsATokenOfThePersonForItself() throws ParseException {
    exchangeAs(KeycloakRealm.GATEWAY, "backend");
    String own = realm.token("alice");

    JWTClaimsSet sent = claims(call(own));

    assertThat(sent.getAudience()).containsExactly("backend");
    assertThat(sent.getIssuer()).isEqualTo(realm.issuer());
    assertThat(sent.getSubject()).isEqualTo(claims(own).getSubject());
    assertThat(sent.getStringClaim("azp")).isEqualTo(KeycloakRealm.GATEWAY);
    assertThat(sent.getStringClaim("sid")).isEqualTo(claims(own).getStringClaim("sid"));
  }

  @Test
  void callWhenExchangedBeforeThenTheSameTokenGoesOn() {
    exchangeAs(KeycloakRealm.GATEWAY, "backend");
    String alices = realm.token("alice");

    String first = call(alices);

    assertThat(call(alices)).isEqualTo(first);
    assertThat(claims(call(realm.token("bob"))).getSubject())
        .isNotEqualTo(claims(first).getSubject());
  }

  @Test
  void callWhenKeycloakDoesNotGiveThisAudienceThenRefused() {
    exchangeAs(KeycloakRealm.GATEWAY, "unreachable");

    assertRefused("invalid_request");
  }

  @Test
  void callWhenTheClientMayNotExchangeThenRefused() {
    exchangeAs(KeycloakRealm.CONSOLE, "backend");

    assertRefused("invalid_request");
  }
}
