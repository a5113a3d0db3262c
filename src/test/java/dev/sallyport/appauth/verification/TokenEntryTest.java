package dev.sallyport.appauth.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jose.SigningAlgorithm;
import dev.sallyport.jose.SigningKeys;
import dev.sallyport.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEntryTest {
  private final VerifierFixture fixture = new VerifierFixture();

  @Test
  void verifyWhenGoodThenTellsWhatTheTokenSays() {
    fixture
        .claim("azp", "\"cli\"")
        .claim("sid", "\"s-1\"")
        .claim("scope", "\"mcp read\"")
        .claim("groups", "[\"eng\",\"ops\"]");
    VerifiedToken token = fixture.accepted();
    assertThat(token.config().name()).isEqualTo("corp");
    assertThat(token.iss()).isEqualTo(VerifierFixture.ISS);
    assertThat(token.subject()).isEqualTo("u-1");
    assertThat(token.username()).isEqualTo("ann@corp.example");
    assertThat(token.email()).isEqualTo("ann@corp.example");
    assertThat(token.client()).isEqualTo("cli");
    assertThat(token.sid()).isEqualTo("s-1");
    assertThat(token.act()).isNull();
    assertThat(token.groups()).containsExactly("eng", "ops");
    assertThat(token.scopes()).containsExactly("mcp", "read");
    assertThat(token.iat()).isEqualTo(VerifierFixture.NOW.minusSeconds(300));
    assertThat(token.exp()).isEqualTo(VerifierFixture.NOW.plusSeconds(300));
    assertThat(token.authTime()).isNull();
    assertThat(token.signature().algorithm()).isEqualTo(SigningAlgorithm.RS256);
    assertThat(token.signature().keyThumbprint()).hasSize(43);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "e30.e30."})
  void verifyWhenNotAJwtThenMalformed(String raw) {
    Verdict.Refused refused =
        VerifierFixture.refused(fixture.verify(raw), ProblemType.TOKEN_MALFORMED);
    assertThat(refused.facts().check()).isEqualTo("syntax");
    assertThat(refused.facts().iss()).isNull();
  }

  @Test
  void verifyWhenTooLargeThenRefused() {
    fixture.claim("big", '"' + "x".repeat(13_000) + '"');
    fixture.refused(ProblemType.TOKEN_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"https://idp.example/realm/\"",
        "\"https://idp.example\"",
        "\"HTTPS://idp.example/realm\"",
        "[\"https://idp.example/realm\"]",
        "7"
      })
  void verifyWhenIssuerDiffersThenRefused(String iss) {
    fixture.claim("iss", iss).refused(ProblemType.TOKEN_ISSUER_UNKNOWN);
  }

  @Test
  void verifyWhenIssuerIsMissingThenRefused() {
    fixture.claim("iss", null).refused(ProblemType.TOKEN_ISSUER_UNKNOWN);
  }

  @Test
  void verifyWhenConfigIsDisabledOrForOtherAppsThenIssuerIsUnknown() {
    fixture.config.enabled = false;
    fixture.refused(ProblemType.TOKEN_ISSUER_UNKNOWN);
    fixture.config.enabled = true;
    fixture.config.labels = Map.of("env", List.of("prod"));
    fixture.refused(ProblemType.TOKEN_ISSUER_UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt"})
  void verifyWhenTypIsOfAnAccessTokenThenAccepted(String typ) {
    fixture.header("typ", '"' + typ + '"').accepted();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "logout+jwt", "secevent+jwt", "dpop+jwt", "JWE", "application/jwt", "at+jwt "})
  void verifyWhenTypIsAnotherThenRefused(String typ) {
    fixture.header("typ", '"' + typ + '"').refused(ProblemType.TOKEN_TYPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Refresh", "refresh", "Offline", "Logout"})
  void verifyWhenPayloadIsOfAnotherKindThenRefusedThoughIdTokensAreAccepted(String typ) {
    fixture.config.idTokens = true;
    fixture.claim("typ", '"' + typ + '"').refused(ProblemType.TOKEN_TYPE);
  }

  @Test
  void verifyWhenPayloadTypIsBearerThenAccepted() {
    fixture.claim("typ", "\"Bearer\"").accepted();
  }

  @Test
  void verifyWhenLogoutEventThenRefusedThoughIdTokensAreAccepted() {
    fixture.config.idTokens = true;
    fixture
        .claim("events", "{\"http://schemas.openid.net/event/backchannel-logout\":{}}")
        .refused(ProblemType.TOKEN_TYPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonce:\"n\"", "at_hash:\"h\"", "c_hash:\"h\"", "typ:\"ID\"", "token_use:\"id\""})
  void verifyWhenIdTokenThenOnlyIfAccepted(String mark) {
    int colon = mark.indexOf(':');
    fixture.claim(mark.substring(0, colon), mark.substring(colon + 1));
    fixture.refused(ProblemType.TOKEN_TYPE);
    fixture.config.idTokens = true;
    fixture.accepted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "HS256", "HS512", "rs256", "RSA-OAEP", ""})
  void verifyWhenAlgorithmIsNotAsymmetricThenRefused(String alg) {
    fixture.header("alg", '"' + alg + '"').refused(ProblemType.TOKEN_ALGORITHM);
  }

  @Test
  void verifyWhenAlgorithmIsMissingThenRefused() {
    fixture.header("alg", null).refused(ProblemType.TOKEN_ALGORITHM);
  }

  @Test
  void verifyWhenConfigNarrowsAlgorithmsThenOnlyThose() {
    fixture.config.algorithms = Set.of(SigningAlgorithm.RS256);
    fixture.accepted();
    fixture.config.algorithms = Set.of(SigningAlgorithm.ES256);
    fixture.refused(ProblemType.TOKEN_ALGORITHM);
  }

  @Test
  void verifyWhenRefusedEarlyThenNoKeyIsFetched() {
    fixture.keysByUrl = true;
    fixture.claim("aud", "\"other\"").refused(ProblemType.TOKEN_AUDIENCE);
    fixture.claim("iss", "\"other\"").refused(ProblemType.TOKEN_ISSUER_UNKNOWN);
    assertThat(fixture.fetches).isZero();
  }

  @Test
  void refusalWhenTokenIsForgedThenFactsAreCutAndTokenIsNotThere() {
    fixture.claim("aud", '"' + "x".repeat(500) + '"').claim("sub", '"' + "y".repeat(500) + '"');
    String raw = fixture.token();
    Verdict.Refused refused =
        VerifierFixture.refused(fixture.verify(raw), ProblemType.TOKEN_AUDIENCE);
    assertThat(refused.facts().aud().getFirst()).hasSize(200).endsWith("…");
    assertThat(refused.facts().sub()).hasSize(200);
    assertThat(refused.facts().kid()).isEqualTo("a");
    for (String part : raw.split("\\.")) {
      assertThat(refused.toString()).doesNotContain(part);
    }
  }

  @Test
  void verifyWhenHeaderBringsAKeyThenItIsNotUsed() {
    fixture.pair = "RSA/evil";
    fixture
        .header("jwk", SigningKeys.jwk("RSA/evil"))
        .header("jku", "\"https://evil.example/jwks\"")
        .refused(ProblemType.TOKEN_SIGNATURE);
  }
}
