package dev.sallyport.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The public numbers of a JWK. Only the members that make the key are handed on: certificates and
/// the like in the JWK can't spoil it, and can't make anybody fetch anything.
record JwkMaterial(String kind, String thumbprint, JWSVerifier verifier) {
  private static final int MIN_RSA_BITS = 2048;
  // Verifying costs the square of the length; nobody signs tokens with more.
  private static final int MAX_RSA_BITS = 8192;
  private static final Map<String, Curve> CURVES =
      Map.of("P-256", Curve.P_256, "P-384", Curve.P_384, "P-521", Curve.P_521);

  /// Reads the key; the exception's message says what is wrong with it.
  static JwkMaterial read(JsonNode jwk) throws UnusableKeyException {
    String kty = text(jwk, "kty");
    try {
      return switch (kty == null ? "" : kty) {
        case "RSA" -> rsa(number(jwk, "n"), number(jwk, "e"));
        case "EC" -> ec(text(jwk, "crv"), number(jwk, "x"), number(jwk, "y"));
        case "OKP" -> okp(text(jwk, "crv"), number(jwk, "x"));
        case "oct" -> throw new UnusableKeyException("symmetric key");
        default -> throw new UnusableKeyException("unknown key type");
      };
    } catch (JOSEException | IllegalArgumentException | IllegalStateException e) {
      throw new UnusableKeyException("broken key");
    }
  }

  private static JwkMaterial rsa(Base64URL n, Base64URL e)
      throws UnusableKeyException, JOSEException {
    RSAKey jwk = new RSAKey.Builder(n, e).build();
    RSAPublicKey key = jwk.toRSAPublicKey();
    if (key.getModulus().bitLength() < MIN_RSA_BITS) {
      throw new UnusableKeyException("RSA key shorter than 2048 bits");
    }
    if (key.getModulus().bitLength() > MAX_RSA_BITS || key.getPublicExponent().bitLength() > 64) {
      throw new UnusableKeyException("RSA key larger than 8192 bits");
    }
    return new JwkMaterial("RSA", jwk.computeThumbprint().toString(), new RSASSAVerifier(key));
  }

  private static JwkMaterial ec(@Nullable String crv, Base64URL x, Base64URL y)
      throws UnusableKeyException, JOSEException {
    Curve curve = crv == null ? null : CURVES.get(crv);
    if (curve == null) {
      throw new UnusableKeyException("curve not supported");
    }
    ECKey jwk = new ECKey.Builder(curve, x, y).build();
    return new JwkMaterial(
        curve.getName(),
        jwk.computeThumbprint().toString(),
        new ECDSAVerifier(jwk.toECPublicKey()));
  }

  private static JwkMaterial okp(@Nullable String crv, Base64URL x)
      throws UnusableKeyException, JOSEException {
    if (!"Ed25519".equals(crv)) {
      throw new UnusableKeyException("curve not supported");
    }
    OctetKeyPair jwk = new OctetKeyPair.Builder(Curve.Ed25519, x).build();
    return new JwkMaterial("Ed25519", jwk.computeThumbprint().toString(), new Ed25519Verifier(jwk));
  }

  private static Base64URL number(JsonNode jwk, String name) throws UnusableKeyException {
    String value = text(jwk, name);
    if (value == null || value.isEmpty()) {
      throw new UnusableKeyException("broken key");
    }
    return new Base64URL(value);
  }

  static @Nullable String text(JsonNode jwk, String name) {
    JsonNode member = jwk.get(name);
    return member != null && member.isString() ? member.stringValue() : null;
  }

  /// Why a key of a set can't be used; the message is one of a few fixed reasons.
  static final class UnusableKeyException extends Exception {
    UnusableKeyException(String reason) {
      super(reason);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }
}
