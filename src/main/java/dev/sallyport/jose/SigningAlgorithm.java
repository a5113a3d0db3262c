package dev.sallyport.jose;

import com.nimbusds.jose.JWSAlgorithm;
import org.jspecify.annotations.Nullable;

/// The signature algorithms that exist here (RFC 7518 section 3.1, RFC 8037). `none` and the
/// symmetric HS* have no constant, so nothing can switch them on.
public enum SigningAlgorithm {
  RS256("RS256", "RSA"),
  RS384("RS384", "RSA"),
  RS512("RS512", "RSA"),
  PS256("PS256", "RSA"),
  PS384("PS384", "RSA"),
  PS512("PS512", "RSA"),
  ES256("ES256", "P-256"),
  ES384("ES384", "P-384"),
  ES512("ES512", "P-521"),
  EDDSA("EdDSA", "Ed25519");

  private final String joseName;
  private final String keyKind;

  SigningAlgorithm(String joseName, String keyKind) {
    this.joseName = joseName;
    this.keyKind = keyKind;
  }

  /// The constant for a JOSE `alg`, to the letter; null when it is none of them.
  public static @Nullable SigningAlgorithm of(@Nullable String alg) {
    for (SigningAlgorithm algorithm : values()) {
      if (algorithm.joseName.equals(alg)) {
        return algorithm;
      }
    }
    // RFC 9864 section 2.2 gives EdDSA over this curve a name of its own.
    return "Ed25519".equals(alg) ? EDDSA : null;
  }

  /// The name in `alg`: `RS256`, `EdDSA`.
  public String joseName() {
    return joseName;
  }

  /// What a key must be: `RSA`, or its curve.
  public String keyKind() {
    return keyKind;
  }

  JWSAlgorithm nimbus() {
    return JWSAlgorithm.parse(joseName);
  }

  @Override
  public String toString() {
    return joseName;
  }
}
