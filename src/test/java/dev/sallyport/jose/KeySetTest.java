package dev.sallyport.jose;

import static dev.sallyport.jose.SigningKeys.jwk;
import static dev.sallyport.jose.SigningKeys.jwks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {
  private static final String RSA = jwk("RSA/a", "\"kid\":\"a\"");

  @ParameterizedTest
  @EnumSource
  void verifiesWhenSignedWithEachAlgorithmThenTrue(SigningAlgorithm algorithm) throws Exception {
    String pair = algorithm.keyKind() + "/a";
    VerificationKey key = found(set(jwk(pair, "\"kid\":\"k\"")), "k", algorithm);
    assertThat(key.verifies(algorithm, signed(pair, algorithm))).isTrue();
    String other = algorithm.keyKind() + "/b";
    assertThat(key.verifies(algorithm, signed(other, algorithm))).isFalse();
  }

  @Test
  void verifiesWhenSignatureHasAnotherAlgorithmThenFalse() throws Exception {
    VerificationKey key = found(set(RSA), "a", SigningAlgorithm.RS256);
    ParsedToken token = signed("RSA/a", SigningAlgorithm.PS256);
    assertThat(key.verifies(SigningAlgorithm.RS256, token)).isFalse();
    assertThat(key.verifies(SigningAlgorithm.ES256, token)).isFalse();
  }

  @Test
  void verifiesWhenEcdsaSignatureIsZeroThenFalse() throws Exception {
    VerificationKey key = found(set(jwk("P-256/a")), null, SigningAlgorithm.ES256);
    String zeros = SigningKeys.base64(new byte[64]);
    var token = (TokenSyntax.Parsed) TokenSyntax.read("e30.e30." + zeros);
    assertThat(key.verifies(SigningAlgorithm.ES256, token.token())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "HS256", "HS384", "HS512", "rs256", "ES256K", ""})
  void ofWhenAlgorithmIsNotOneOfOursThenNull(String alg) {
    assertThat(SigningAlgorithm.of(alg)).isNull();
  }

  @Test
  void chooseWhenJwkHasAlgThenOnlyThatFits() throws Exception {
    KeySet keys = set(jwk("RSA/a", "\"kid\":\"a\"", "\"alg\":\"RS256\""));
    assertThat(keys.choose("a", SigningAlgorithm.RS256)).isInstanceOf(KeyChoice.Found.class);
    assertThat(keys.choose("a", SigningAlgorithm.RS512)).isInstanceOf(KeyChoice.NotFound.class);
  }

  @ParameterizedTest
  @CsvSource({"ES256,P-256", "ES384,P-384", "ES512,P-521"})
  void chooseWhenCurveIsAnotherThenNotFound(SigningAlgorithm algorithm, String curve)
      throws Exception {
    for (String kind : new String[] {"P-256", "P-384", "P-521"}) {
      Class<?> expected = kind.equals(curve) ? KeyChoice.Found.class : KeyChoice.NotFound.class;
      assertThat(set(jwk(kind + "/a")).choose(null, algorithm)).isInstanceOf(expected);
    }
  }

  @Test
  void chooseWithoutKidWhenOneKeyFitsThenFound() throws Exception {
    KeySet keys = set(RSA, jwk("P-256/a", "\"kid\":\"e\""));
    assertThat(found(keys, null, SigningAlgorithm.RS256).kid()).isEqualTo("a");
    assertThat(found(keys, null, SigningAlgorithm.ES256).kid()).isEqualTo("e");
  }

  @Test
  void chooseWithoutKidWhenTwoKeysFitThenNotFound() throws Exception {
    KeySet keys = set(RSA, jwk("RSA/b", "\"kid\":\"b\""));
    assertThat(keys.choose(null, SigningAlgorithm.RS256))
        .isEqualTo(new KeyChoice.NotFound("no kid, and 2 keys fit"));
  }

  @Test
  void chooseWhenKidIsUnknownThenNotFound() throws Exception {
    assertThat(set(RSA).choose("A", SigningAlgorithm.RS256)).isInstanceOf(KeyChoice.NotFound.class);
    assertThat(set(jwk("RSA/a")).choose("a", SigningAlgorithm.RS256))
        .isInstanceOf(KeyChoice.NotFound.class);
  }

  @Test
  void parseWhenKidIsThereTwiceThenBothAreIgnored() throws Exception {
    KeySet keys = set(RSA, jwk("RSA/b", "\"kid\":\"a\""), jwk("P-256/a", "\"kid\":\"c\""));
    assertThat(keys.keyIds()).containsExactly("c");
    assertThat(keys.ignored()).isEqualTo(Map.of("duplicate kid", 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"use\":\"enc\"|use is not sig",
        "\"use\":7|use is not sig",
        "\"key_ops\":[\"encrypt\"]|key_ops without verify",
        "\"alg\":\"RSA-OAEP\"|alg does not fit the key",
        "\"alg\":\"HS256\"|alg does not fit the key",
        "\"alg\":\"none\"|alg does not fit the key",
        "\"alg\":\"ES256\"|alg does not fit the key",
        "\"d\":\"AQ\"|private key published"
      })
  void parseWhenKeyIsForSomethingElseThenItIsIgnored(String member, String reason)
      throws Exception {
    KeySet keys = set(jwk("RSA/b", "\"kid\":\"b\"", member), RSA);
    assertThat(keys.keyIds()).containsExactly("a");
    assertThat(keys.ignored()).isEqualTo(Map.of(reason, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"kty\":\"oct\",\"k\":\"AAAA\",\"alg\":\"HS256\"}|symmetric key",
        "{\"kty\":\"XYZ\"}|unknown key type",
        "{\"kid\":\"b\"}|unknown key type",
        "{\"kty\":\"RSA\",\"e\":\"AQAB\"}|broken key",
        "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"AQAB\"}|broken key",
        "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"AA\",\"y\":\"AA\"}|curve not supported",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}|broken key",
        "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AA\"}|curve not supported",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}|broken key",
        "7|not an object"
      })
  void parseWhenKeyIsUnusableThenItIsIgnored(String jwk, String reason) throws Exception {
    KeySet keys = set(jwk, RSA);
    assertThat(keys.keyIds()).containsExactly("a");
    assertThat(keys.ignored()).isEqualTo(Map.of(reason, 1));
  }

  @Test
  void parseWhenRsaKeyIsShortThenItIsIgnored() throws Exception {
    assertThat(set(jwk("RSA1024/a"), RSA).ignored())
        .isEqualTo(Map.of("RSA key shorter than 2048 bits", 1));
  }

  @Test
  void parseWhenRsaExponentIsOneThenItIsIgnored() throws Exception {
    String weak = jwk("RSA/b").replace("\"e\":\"AQAB\"", "\"e\":\"AQ\"");
    assertThat(set(weak, RSA).ignored()).isEqualTo(Map.of("broken key", 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "not json|not a JSON object without duplicate members",
        "[]|not a JSON object without duplicate members",
        "{\"keys\":[],\"keys\":[]}|not a JSON object without duplicate members",
        "{}|no array `keys`",
        "{\"keys\":{}}|no array `keys`",
        "{\"keys\":[]}|no keys",
        "{\"keys\":[{\"kty\":\"oct\"}]}|no usable key; ignored: {symmetric key=1}"
      })
  void parseWhenNoUsableSetThenSaysWhy(String json, String reason) {
    assertThatThrownBy(() -> KeySet.parse(json))
        .isInstanceOf(InvalidKeySetException.class)
        .hasMessage(reason);
  }

  @Test
  void thumbprintWhenKidDiffersThenSame() throws Exception {
    assertThat(set(RSA).thumbprints())
        .isEqualTo(set(jwk("RSA/a", "\"kid\":\"other\"")).thumbprints());
    assertThat(set(RSA).thumbprints()).isNotEqualTo(set(jwk("RSA/b")).thumbprints());
  }

  @Test
  void equalsWhenSameKeysInAnotherOrderThenTrue() throws Exception {
    String other = jwk("RSA/b", "\"kid\":\"b\"");
    assertThat(set(RSA, other)).isEqualTo(set(other, RSA)).hasSameHashCodeAs(set(other, RSA));
    assertThat(set(RSA, other)).isNotEqualTo(set(RSA));
    assertThat(set(RSA)).isNotEqualTo(set(jwk("RSA/a", "\"kid\":\"z\"")));
  }

  private static KeySet set(String... jwks) throws InvalidKeySetException {
    return KeySet.parse(jwks(jwks));
  }

  private static VerificationKey found(KeySet keys, String kid, SigningAlgorithm algorithm) {
    return ((KeyChoice.Found) keys.choose(kid, algorithm)).key();
  }

  private static ParsedToken signed(String pair, SigningAlgorithm algorithm) {
    String raw = SigningKeys.sign(pair, algorithm.joseName(), "{\"alg\":\"x\"}", "{}");
    return ((TokenSyntax.Parsed) TokenSyntax.read(raw)).token();
  }
}
