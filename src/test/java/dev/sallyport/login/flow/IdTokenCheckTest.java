package dev.sallyport.login.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.jose.JwksCache;
import dev.sallyport.jose.JwksUnavailableException;
import dev.sallyport.jose.KeySource;
import dev.sallyport.jose.SigningKeys;
import dev.sallyport.login.flow.IdTokenCheck.Verdict;
import dev.sallyport.problem.ProblemType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// A good ID token; each test spoils one thing.
class IdTokenCheckTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final KeySource SOURCE = new KeySource.Url(URI.create("https://idp.example/jwks"));
  private static final String ACCESS_TOKEN = "an.access.token";

  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();
  private String pair = "RSA/a";
  private String signedBy = "RS256";
  private String keys = SigningKeys.jwks(SigningKeys.jwk("RSA/a", "\"kid\":\"a\""));
  private boolean idpIsDown;
  private boolean requireAtHash = true;
  private int fetches;

  private final JwksCache cache =
      new JwksCache(new JwksCache.Machinery(this::fetch, Runnable::run, () -> 0, CLOCK), _ -> {});

  IdTokenCheckTest() {
    header.put("alg", "RS256");
    header.put("kid", "a");
    claims.put("iss", "https://idp.example");
    claims.put("aud", "sallyport");
    claims.put("sub", "ann");
    claims.put("nonce", "the-nonce");
    claims.put("at_hash", halfHash("SHA-256"));
    claims.put("iat", NOW.getEpochSecond() - 5);
    claims.put("exp", NOW.getEpochSecond() + 300);
  }

  private String fetch(URI url) throws JwksUnavailableException {
    fetches++;
    if (idpIsDown) {
      throw new JwksUnavailableException("status 503");
    }
    return keys;
  }

  private static String halfHash(String algorithm) {
    try {
      byte[] hash =
          MessageDigest.getInstance(algorithm)
              .digest(ACCESS_TOKEN.getBytes(StandardCharsets.US_ASCII));
      return SigningKeys.base64(Arrays.copyOf(hash, hash.length / 2));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String token() {
    return SigningKeys.sign(
        pair, signedBy, JSON.writeValueAsString(header), JSON.writeValueAsString(claims));
  }

  private Verdict check(String token) {
    var expected =
        new IdTokenCheck.Expected(
            "https://idp.example",
            "sallyport",
            "the-nonce",
            Duration.ofSeconds(300),
            requireAtHash,
            new Secret(ACCESS_TOKEN));
    return new IdTokenCheck(cache, CLOCK).check(new Secret(token), SOURCE, expected);
  }

  private void assertAccepted() {
    assertThat(check(token())).isInstanceOf(Verdict.Accepted.class);
  }

  private void assertRefused(ProblemType code) {
    assertThat(check(token())).isEqualTo(new Verdict.Refused(code));
  }

  @Test
  void checkWhenAllIsRightThenAccepts() {
    assertThat(check(token()))
        .isInstanceOfSatisfying(
            Verdict.Accepted.class, ok -> assertThat(ok.claims().string("sub")).isEqualTo("ann"));
  }

  @ParameterizedTest
  @CsvSource({
    "RSA/a,RS256,SHA-256",
    "RSA/a,RS384,SHA-384",
    "RSA/a,PS512,SHA-512",
    "P-256/a,ES256,SHA-256",
    "P-384/a,ES384,SHA-384",
    "Ed25519/a,EdDSA,SHA-512"
  })
  void checkWhenAlgorithmIsGoodThenItsHashBindsTheAccessToken(
      String key, String algorithm, String hash) {
    pair = key;
    signedBy = algorithm;
    keys = SigningKeys.jwks(SigningKeys.jwk(key, "\"kid\":\"a\""));
    header.put("alg", algorithm);
    claims.put("at_hash", halfHash(hash));
    assertAccepted();

    claims.put("at_hash", halfHash(hash.equals("SHA-256") ? "SHA-512" : "SHA-256"));
    assertRefused(ProblemType.SIGN_IN_TOKEN_AT_HASH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "HS384", "HS512", "XS256", "rs256"})
  void checkWhenAlgorithmIsWeakOrUnknownThenRefuses(String algorithm) {
    header.put("alg", algorithm);
    assertRefused(ProblemType.SIGN_IN_TOKEN_ALGORITHM);
  }

  @Test
  void checkWhenThereIsNoAlgorithmThenRefuses() {
    header.remove("alg");
    assertRefused(ProblemType.SIGN_IN_TOKEN_ALGORITHM);
  }

  @Test
  void checkWhenTokenIsUnsignedThenRefuses() {
    header.put("alg", "none");
    String signed = token();
    assertThat(check(signed.substring(0, signed.lastIndexOf('.') + 1)))
        .isEqualTo(new Verdict.Refused(ProblemType.SIGN_IN_TOKEN_ALGORITHM));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a.b.c.d.e", "!!.e30.AAAA", "e30=.e30.AAAA", "W10.e30.AAAA"})
  void checkWhenTextIsNoJwtThenRefuses(String text) {
    assertThat(check(text)).isEqualTo(new Verdict.Refused(ProblemType.SIGN_IN_TOKEN_MALFORMED));
  }

  @Test
  void checkWhenAnotherKeySignedThenRefuses() {
    pair = "RSA/b";
    assertRefused(ProblemType.SIGN_IN_TOKEN_SIGNATURE);
  }

  @Test
  void checkWhenKeyIsUnknownThenRefreshesOnceAndRefuses() {
    assertAccepted();
    header.put("kid", "b");
    assertRefused(ProblemType.SIGN_IN_TOKEN_KEY_UNKNOWN);
    assertThat(fetches).isEqualTo(2);
  }

  @Test
  void checkWhenKeyIsNewThenRefreshesAndAccepts() {
    assertAccepted();
    keys = SigningKeys.jwks(SigningKeys.jwk("RSA/b", "\"kid\":\"b\""));
    header.put("kid", "b");
    pair = "RSA/b";
    assertAccepted();
    assertThat(fetches).isEqualTo(2);
  }

  @Test
  void checkWhenKeysAreOutOfReachThenSaysSo() {
    idpIsDown = true;
    assertRefused(ProblemType.SIGN_IN_KEYS_UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://idp.example/", "https://other.example", ""})
  void checkWhenIssuerDiffersThenRefuses(String issuer) {
    claims.put("iss", issuer);
    assertRefused(ProblemType.SIGN_IN_TOKEN_ISSUER);
  }

  @Test
  void checkWhenAudienceIsAnotherThenRefuses() {
    claims.put("aud", "other");
    assertRefused(ProblemType.SIGN_IN_TOKEN_AUDIENCE);
    claims.remove("aud");
    assertRefused(ProblemType.SIGN_IN_TOKEN_AUDIENCE);
  }

  @Test
  void checkWhenAudiencesAreSeveralThenAzpMustBeUs() {
    claims.put("aud", List.of("sallyport", "other"));
    assertRefused(ProblemType.SIGN_IN_TOKEN_AZP);
    claims.put("azp", "other");
    assertRefused(ProblemType.SIGN_IN_TOKEN_AZP);
    claims.put("azp", "sallyport");
    assertAccepted();
  }

  @Test
  void checkWhenAzpIsAnotherThenRefusesEvenForOneAudience() {
    claims.put("azp", "other");
    assertRefused(ProblemType.SIGN_IN_TOKEN_AZP);
  }

  @Test
  void checkWhenAtHashIsMissingThenRefusesUnlessTheProviderMayLeaveItOut() {
    claims.remove("at_hash");
    assertRefused(ProblemType.SIGN_IN_TOKEN_AT_HASH);
    requireAtHash = false;
    assertAccepted();
    claims.put("at_hash", "wrong");
    assertRefused(ProblemType.SIGN_IN_TOKEN_AT_HASH);
  }

  @Test
  void checkWhenExpiredBeyondTheLeewayThenRefuses() {
    claims.put("exp", NOW.getEpochSecond() - 59);
    assertAccepted();
    claims.put("exp", NOW.getEpochSecond() - 60);
    assertRefused(ProblemType.SIGN_IN_TOKEN_EXPIRED);
    claims.remove("exp");
    assertRefused(ProblemType.SIGN_IN_TOKEN_EXPIRED);
  }

  @Test
  void checkWhenIssuedOutsideTheWindowThenRefuses() {
    claims.put("iat", NOW.getEpochSecond() - 300);
    assertAccepted();
    claims.put("iat", NOW.getEpochSecond() - 301);
    assertRefused(ProblemType.SIGN_IN_TOKEN_TIME);
    claims.put("iat", NOW.getEpochSecond() + 60);
    assertAccepted();
    claims.put("iat", NOW.getEpochSecond() + 61);
    assertRefused(ProblemType.SIGN_IN_TOKEN_TIME);
    claims.remove("iat");
    assertRefused(ProblemType.SIGN_IN_TOKEN_TIME);
  }

  @Test
  void checkWhenNonceDiffersThenRefuses() {
    claims.put("nonce", "another");
    assertRefused(ProblemType.SIGN_IN_TOKEN_NONCE);
    claims.remove("nonce");
    assertRefused(ProblemType.SIGN_IN_TOKEN_NONCE);
  }
}
