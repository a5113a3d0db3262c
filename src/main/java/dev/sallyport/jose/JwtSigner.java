package dev.sallyport.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sallyport.crypto.Secret;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

/// Signs JWTs with ES256 and publishes the keys to check them with. The first key signs.
public final class JwtSigner {
  private final List<ECKey> keys;
  private final ECDSASigner signer;
  private final JWSHeader header;

  /// `keys` are private JWKs, newest first, as [#newKey] makes them.
  public JwtSigner(List<Secret> keys) {
    this.keys = keys.stream().map(JwtSigner::parse).toList();
    try {
      this.signer = new ECDSASigner(this.keys.getFirst());
    } catch (JOSEException e) {
      throw new IllegalStateException("a signing key can't be used", e);
    }
    this.header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(JOSEObjectType.JWT)
            .keyID(this.keys.getFirst().getKeyID())
            .build();
  }

  public static Secret newKey() {
    try {
      return new Secret(
          new ECKeyGenerator(Curve.P_256)
              .keyUse(KeyUse.SIGNATURE)
              .keyIDFromThumbprint(true)
              .generate()
              .toJSONString());
    } catch (JOSEException e) {
      throw new IllegalStateException("no signing key could be made", e);
    }
  }

  // The cause is left out: it may quote the key.
  private static ECKey parse(Secret key) {
    try {
      return JWK.parse(key.reveal()).toECKey();
    } catch (ParseException e) {
      throw new IllegalStateException("a signing key is broken");
    }
  }

  /// The compact form of a JWT with these claims.
  public String sign(Map<String, Object> claims) {
    try {
      SignedJWT jwt = new SignedJWT(header, JWTClaimsSet.parse(claims));
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException | ParseException e) {
      throw new IllegalStateException("a token can't be signed", e);
    }
  }

  /// The public keys as a JWK set (RFC 7517 section 5).
  public String publicKeys() {
    return new JWKSet(List.<JWK>copyOf(keys)).toString(true);
  }
}
