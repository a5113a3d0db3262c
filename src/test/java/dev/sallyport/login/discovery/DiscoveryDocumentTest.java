package dev.sallyport.login.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.login.discovery.DiscoveryResult.Failed;
import dev.sallyport.login.discovery.DiscoveryResult.Found;
import dev.sallyport.login.discovery.DiscoveryResult.Reason;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class DiscoveryDocumentTest {
  private static final String ISSUER = "https://idp.example/realms/corp";

  private final Map<String, Object> document = new LinkedHashMap<>();

  DiscoveryDocumentTest() {
    document.put("issuer", ISSUER);
    document.put("authorization_endpoint", ISSUER + "/auth");
    document.put("token_endpoint", ISSUER + "/token");
    document.put("jwks_uri", ISSUER + "/keys");
    document.put("subject_types_supported", List.of("public"));
    document.put("response_types_supported", List.of("code"));
    document.put("id_token_signing_alg_values_supported", List.of("RS256", "HS256"));
    document.put("token_endpoint_auth_methods_supported", List.of("client_secret_post"));
    document.put("authorization_response_iss_parameter_supported", true);
  }

  private DiscoveryResult check() {
    return DiscoveryDocument.check(new JsonMapper().writeValueAsString(document), ISSUER);
  }

  private void assertFailed(Reason reason) {
    assertThat(check())
        .isInstanceOfSatisfying(Failed.class, f -> assertThat(f.reason()).isEqualTo(reason));
  }

  @Test
  void checkWhenAllIsRightThenFound() {
    assertThat(check())
        .isInstanceOfSatisfying(
            Found.class,
            found -> {
              ProviderMetadata metadata = found.metadata();
              assertThat(metadata.tokenEndpoint()).isEqualTo(URI.create(ISSUER + "/token"));
              assertThat(metadata.sendsIss()).isTrue();
              assertThat(metadata.usableAlgorithms()).containsExactly("RS256");
              assertThat(metadata.takesSecretByPostOnly()).isTrue();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "https://idp.example,https://idp.example/.well-known/openid-configuration",
    "https://idp.example/,https://idp.example/.well-known/openid-configuration",
    "https://idp.example/a/,https://idp.example/a/.well-known/openid-configuration"
  })
  void urlWhenIssuerEndsInASlashThenOne(String issuer, URI url) {
    assertThat(DiscoveryDocument.url(issuer)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {ISSUER + "/", "https://idp.example/realms/Corp", "https://evil.example"})
  void checkWhenIssuerDiffersThenBroken(String issuer) {
    document.put("issuer", issuer);
    assertFailed(Reason.BROKEN);
  }

  @Test
  void checkWhenOnlyWeakAlgorithmsAreOfferedThenDowngraded() {
    document.put("id_token_signing_alg_values_supported", List.of("HS256", "none", "HS512"));
    assertFailed(Reason.DOWNGRADED);
    document.put("id_token_signing_alg_values_supported", List.of("none"));
    assertFailed(Reason.DOWNGRADED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri", "issuer"})
  void checkWhenAMemberIsMissingThenBroken(String member) {
    document.remove(member);
    assertFailed(Reason.BROKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "http://idp.example/auth",
        "https://user@idp.example/auth",
        "/auth",
        "data:text/html,x"
      })
  void checkWhenAnEndpointIsNoHttpsUrlThenBroken(String url) {
    document.put("authorization_endpoint", url);
    assertFailed(Reason.BROKEN);
  }

  @Test
  void checkWhenTextIsNoDocumentThenBroken() {
    assertThat(DiscoveryDocument.check("<html>", ISSUER)).isInstanceOf(Failed.class);
    assertThat(DiscoveryDocument.check("[]", ISSUER)).isInstanceOf(Failed.class);
    assertThat(DiscoveryDocument.check("{}", ISSUER)).isInstanceOf(Failed.class);
  }

  @Test
  void takesSecretByPostOnlyWhenTheHeaderIsTakenTooThenFalse() {
    document.put(
        "token_endpoint_auth_methods_supported",
        List.of("client_secret_post", "client_secret_basic"));
    assertThat(((Found) check()).metadata().takesSecretByPostOnly()).isFalse();
    document.remove("token_endpoint_auth_methods_supported");
    assertThat(((Found) check()).metadata().takesSecretByPostOnly()).isFalse();
  }
}
