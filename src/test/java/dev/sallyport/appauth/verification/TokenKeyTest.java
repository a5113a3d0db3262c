package dev.sallyport.appauth.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jose.SigningAlgorithm;
import dev.sallyport.jose.SigningKeys;
import dev.sallyport.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenKeyTest {
  private final VerifierFixture fixture = new VerifierFixture();

  @ParameterizedTest
  @EnumSource
  void verifyWhenSignedWithAnyAllowedAlgorithmThenAccepted(SigningAlgorithm algorithm) {
    fixture.pair = algorithm.keyKind() + "/a";
    fixture.signedBy = algorithm.joseName();
    fixture.header("alg", '"' + algorithm.joseName() + '"');
    fixture.jwks = SigningKeys.jwks(SigningKeys.jwk(fixture.pair, "\"kid\":\"a\""));
    assertThat(fixture.accepted().signature().algorithm()).isEqualTo(algorithm);
  }

  @ParameterizedTest
  @CsvSource({
    "RSA/a,RS256,ES256",
    "RSA/a,RS256,EdDSA",
    "P-256/a,ES256,ES384",
    "P-256/a,ES256,RS256"
  })
  void verifyWhenAlgorithmDoesNotFitTheKeyThenRefused(String pair, String signedBy, String alg) {
    fixture.pair = pair;
    fixture.signedBy = signedBy;
    fixture.header("alg", '"' + alg + '"');
    fixture.jwks = SigningKeys.jwks(SigningKeys.jwk(pair, "\"kid\":\"a\""));
    fixture.refused(ProblemType.TOKEN_KEY_UNKNOWN);
  }

  @Test
  void verifyWhenSignedByAnotherKeyThenRefusedWithoutPolicy() {
    fixture.pair = "RSA/evil";
    fixture.config.scopes = List.of("secret-scope");
    Verdict.Refused refused = fixture.refused(ProblemType.TOKEN_SIGNATURE);
    assertThat(refused.scopes()).isEmpty();
    assertThat(refused.publicDetail()).isEqualTo("The signature is not the issuer's.");
  }

  @Test
  void verifyWhenPayloadWasChangedThenRefused() {
    String[] parts = fixture.token().split("\\.");
    String other = SigningKeys.part(VerifierFixture.json(fixture.claim("sub", "\"root\"").claims));
    Verdict verdict = fixture.verify(parts[0] + "." + other + "." + parts[2]);
    VerifierFixture.refused(verdict, ProblemType.TOKEN_SIGNATURE);
  }

  @Test
  void verifyWhenHs256WithThePublicKeyAsPemThenRefused() throws GeneralSecurityException {
    byte[] der = SigningKeys.pair("RSA/a").getPublic().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    assertHmacIsRefused(pem, ProblemType.TOKEN_ALGORITHM, "HS256");
    assertHmacIsRefused(pem, ProblemType.TOKEN_SIGNATURE, "RS256");
  }

  @Test
  void verifyWhenHs256WithThePublicKeyAsJwkThenRefused() throws GeneralSecurityException {
    assertHmacIsRefused(VerifierFixture.RSA, ProblemType.TOKEN_ALGORITHM, "HS256");
    assertHmacIsRefused(VerifierFixture.RSA, ProblemType.TOKEN_SIGNATURE, "RS256");
  }

  @Test
  void verifyWhenSetHoldsASymmetricKeyThenItIsNotUsed() throws GeneralSecurityException {
    String secret = "0123456789abcdef0123456789abcdef";
    String oct = "{\"kty\":\"oct\",\"kid\":\"a\",\"alg\":\"HS256\",\"k\":\"%s\"}";
    fixture.jwks =
        SigningKeys.jwks(
            oct.formatted(SigningKeys.base64(secret.getBytes(StandardCharsets.US_ASCII))),
            SigningKeys.jwk("RSA/a", "\"kid\":\"b\""));
    assertHmacIsRefused(secret, ProblemType.TOKEN_ALGORITHM, "HS256");
  }

  private void assertHmacIsRefused(String secret, ProblemType code, String alg)
      throws GeneralSecurityException {
    fixture.header("alg", '"' + alg + '"');
    String input =
        SigningKeys.part(VerifierFixture.json(fixture.header))
            + "."
            + SigningKeys.part(VerifierFixture.json(fixture.claims));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
    String signature = SigningKeys.base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    VerifierFixture.refused(fixture.verify(input + "." + signature), code);
  }

  @Test
  void verifyWithoutKidWhenOneKeyFitsThenAccepted() {
    fixture.header("kid", null).accepted();
  }

  @Test
  void verifyWithoutKidWhenTwoKeysFitThenRefused() {
    fixture.jwks = SigningKeys.jwks(VerifierFixture.RSA, SigningKeys.jwk("RSA/b"));
    fixture.accepted();
    fixture.header("kid", null).refused(ProblemType.TOKEN_KEY_UNKNOWN);
  }

  @Test
  void verifyWhenKidIsThereTwiceThenRefused() {
    fixture.jwks =
        SigningKeys.jwks(
            VerifierFixture.RSA,
            SigningKeys.jwk("RSA/b", "\"kid\":\"a\""),
            SigningKeys.jwk("RSA/c", "\"kid\":\"c\""));
    fixture.refused(ProblemType.TOKEN_KEY_UNKNOWN);
  }

  @Test
  void verifyWhenKeyIsForEncryptionThenRefused() {
    fixture.jwks =
        SigningKeys.jwks(
            SigningKeys.jwk("RSA/a", "\"kid\":\"a\"", "\"use\":\"enc\""),
            SigningKeys.jwk("RSA/b", "\"kid\":\"b\""));
    fixture.refused(ProblemType.TOKEN_KEY_UNKNOWN);
  }

  @Test
  void verifyWhenManyUnknownKidsThenOneRefetch() {
    fixture.keysByUrl = true;
    fixture.accepted();
    for (int i = 0; i < 20; i++) {
      fixture.header("kid", "\"forged-" + i + "\"").refused(ProblemType.TOKEN_KEY_UNKNOWN);
    }
    assertThat(fixture.fetches).isEqualTo(2);
    fixture.header("kid", "\"a\"").accepted();
  }

  @Test
  void verifyWhenKeyIsRotatedThenTheNewOneIsFound() {
    fixture.keysByUrl = true;
    fixture.accepted();
    fixture.jwks = SigningKeys.jwks(SigningKeys.jwk("RSA/b", "\"kid\":\"b\""));
    fixture.pair = "RSA/b";
    fixture.header("kid", "\"b\"").accepted();
  }

  @Test
  void verifyWhenKeysCantBeFetchedThenUnavailable() {
    fixture.keysByUrl = true;
    fixture.idpIsDown = true;
    Verdict.Refused refused = fixture.refused(ProblemType.ISSUER_KEYS_UNAVAILABLE);
    assertThat(refused.publicDetail()).doesNotContain("503");
    assertThat(refused.facts().found()).isEqualTo("status 503");
  }
}
