package dev.sallyport.jose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.jose.OwnTokenVerifier.Expected;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnTokenVerifierTest {
  private static final String ISSUER = "https://gw.example/api";
  private static final Secret KEY = JwtSigner.newKey();
  private static final JwtSigner SIGNER = new JwtSigner(List.of(KEY));
  private static final OwnTokenVerifier VERIFIER = verifier(SIGNER);

  private static OwnTokenVerifier verifier(JwtSigner signer) {
    return new OwnTokenVerifier(
        signer.publicKeys(), new Expected(ISSUER, ISSUER, Duration.ofMinutes(15)));
  }

  private static Map<String, Object> claims() {
    long now = Instant.now().getEpochSecond();
    return new HashMap<>(
        Map.of(
            "iss",
            ISSUER,
            "aud",
            ISSUER,
            "sub",
            "key_1",
            "upn",
            "ci",
            "groups",
            List.of("r-viewer"),
            "jti",
            "tok_1",
            "iat",
            now,
            "exp",
            now + 600,
            "akid",
            "key_1"));
  }

  private static Optional<JsonWebToken> verify(String token) {
    return verify(VERIFIER, token);
  }

  private static Optional<JsonWebToken> verify(OwnTokenVerifier verifier, String token) {
    var parsed = (TokenSyntax.Parsed) TokenSyntax.read(token);
    return verifier.verify(parsed.token().header().kid(), token);
  }

  private static Optional<JsonWebToken> verifyWith(String claim, Object value) {
    Map<String, Object> claims = claims();
    claims.put(claim, value);
    return verify(SIGNER.sign(claims));
  }

  @Test
  void verifyWhenOursThenItsClaims() {
    JsonWebToken token = verify(SIGNER.sign(claims())).orElseThrow();

    assertThat(token.getName()).isEqualTo("ci");
    assertThat(token.getGroups()).containsExactly("r-viewer");
    assertThat(token.<String>getClaim("akid")).isEqualTo("key_1");
  }

  @Test
  void verifyWhenAnOlderKeyOfTheRingThenStillOurs() {
    OwnTokenVerifier rotated = verifier(new JwtSigner(List.of(JwtSigner.newKey(), KEY)));

    assertThat(verify(rotated, SIGNER.sign(claims()))).isPresent();
  }

  @Test
  void verifyWhenKeyIsNotOursThenNot() {
    assertThat(verify(new JwtSigner(List.of(JwtSigner.newKey())).sign(claims()))).isEmpty();
  }

  @Test
  void verifyWhenSignedByAnotherKeyOfThisNameThenNot() {
    JwtSigner other = new JwtSigner(List.of(JwtSigner.newKey()));
    String kid =
        ((TokenSyntax.Parsed) TokenSyntax.read(SIGNER.sign(claims()))).token().header().kid();

    assertThat(VERIFIER.verify(kid, other.sign(claims()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "aud", "upn", "jti", "iat", "exp"})
  void verifyWhenAClaimIsMissingThenNot(String claim) {
    Map<String, Object> claims = claims();
    claims.remove(claim);

    assertThat(verify(SIGNER.sign(claims))).isEmpty();
  }

  @Test
  void verifyWhenForAnotherThenNot() {
    assertThat(verifyWith("iss", "https://gw.example/assertions")).isEmpty();
    assertThat(verifyWith("aud", "https://gw.example/assertions")).isEmpty();
  }

  @Test
  void verifyWhenTimesDoNotFitThenNot() {
    long now = Instant.now().getEpochSecond();

    assertThat(verifyWith("exp", now - 120)).isEmpty();
    assertThat(verifyWith("exp", now + 3_600)).isEmpty();
  }

  @Test
  void verifyWhenChangedThenNot() {
    String[] parts = SIGNER.sign(claims()).split("\\.");
    String[] others = SIGNER.sign(Map.of("iss", ISSUER, "akid", "key_2")).split("\\.");
    String kid =
        ((TokenSyntax.Parsed) TokenSyntax.read(String.join(".", parts))).token().header().kid();

    assertThat(VERIFIER.verify(kid, parts[0] + "." + others[1] + "." + parts[2])).isEmpty();
  }
}
