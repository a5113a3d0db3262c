package dev.sallyport.testing.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenBuilderTest {
  private final IssuerKeys keys = new IssuerKeys();
  private final RSAKey key = keys.current();

  @Test
  void signWhenNothingIsChangedThenVerifies() throws Exception {
    SignedJWT token = SignedJWT.parse(builder().sign());

    assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
    assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
    assertThat(token.getHeader().getKeyID()).isEqualTo(key.getKeyID());
  }

  @Test
  void signWhenAnotherRsaAlgorithmIsAskedThenUsesIt() throws Exception {
    SignedJWT token = SignedJWT.parse(builder().sign(JWSAlgorithm.PS384));

    assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.PS384);
    assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
  }

  @Test
  void signWithWhenKeyIsForeignThenKeepsTheKidAndFailsVerification() throws Exception {
    RSAKey foreign = new RSAKeyGenerator(2048).generate();

    SignedJWT token = SignedJWT.parse(builder().signWith(foreign, JWSAlgorithm.RS256));

    assertThat(token.getHeader().getKeyID()).isEqualTo(key.getKeyID());
    assertThat(token.verify(new RSASSAVerifier(key))).isFalse();
    assertThat(token.verify(new RSASSAVerifier(foreign))).isTrue();
  }

  @Test
  void signWithWhenKeyIsEd25519ThenVerifies() throws Exception {
    OctetKeyPair edwards = new OctetKeyPairGenerator(Curve.Ed25519).generate();

    SignedJWT token = SignedJWT.parse(builder().signWith(edwards, JWSAlgorithm.EdDSA));

    assertThat(token.verify(new Ed25519Verifier(edwards.toPublicJWK()))).isTrue();
  }

  @Test
  void signWithPublicKeyAsSecretWhenVerifiedAsHmacThenFits() throws Exception {
    SignedJWT token = SignedJWT.parse(builder().signWithPublicKeyAsSecret());

    assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.HS256);
    assertThat(token.verify(new MACVerifier(key.toRSAPublicKey().getEncoded()))).isTrue();
  }

  @Test
  void unsignedWhenParsedThenIsAPlainToken() throws Exception {
    String token = builder().unsigned();

    assertThat(token).endsWith(".");
    assertThat(JWTParser.parse(token)).isInstanceOf(PlainJWT.class);
  }

  @Test
  void signThenChangeWhenVerifiedThenFails() throws Exception {
    SignedJWT token = SignedJWT.parse(builder().signThenChange("sub", "somebody-else"));

    assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("somebody-else");
    assertThat(token.verify(new RSASSAVerifier(key))).isFalse();
  }

  @Test
  void headerWhenSetThenReplacesWhatTheBuilderWrote() throws Exception {
    String token =
        builder().header("typ", "JWT").header("alg", "RS512").withoutHeader("kid").sign();

    assertThat(SignedJWT.parse(token).getHeader().toJSONObject())
        .isEqualTo(Map.of("alg", "RS512", "typ", "JWT"));
  }

  @Test
  void claimsWhenChangedThenStandInTheToken() throws Exception {
    Instant issued = Instant.parse("2026-03-01T12:00:00Z");
    TokenBuilder builder =
        builder().without("aud").audience("a", "b").claim("groups", "not-a-list");

    SignedJWT token = SignedJWT.parse(builder.issuedAt(issued, Duration.ofMinutes(5)).sign());

    assertThat(token.getJWTClaimsSet().toJSONObject())
        .containsEntry("iat", issued.getEpochSecond())
        .containsEntry("exp", issued.plusSeconds(300).getEpochSecond())
        .containsEntry("groups", "not-a-list");
    assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("a", "b");
  }

  private TokenBuilder builder() {
    return new TokenBuilder(key, Map.of("sub", "somebody", "aud", "x"));
  }
}
