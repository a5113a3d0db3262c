package dev.sallyport.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One public key of an issuer, with its verifier made once.
public final class VerificationKey {
  private final @Nullable String kid;
  private final String kind;
  private final @Nullable SigningAlgorithm only;
  private final String thumbprint;
  private final JWSVerifier verifier;

  VerificationKey(@Nullable String kid, @Nullable SigningAlgorithm only, JwkMaterial material) {
    this.kid = kid;
    this.only = only;
    this.kind = material.kind();
    this.thumbprint = material.thumbprint();
    this.verifier = material.verifier();
  }

  public @Nullable String kid() {
    return kid;
  }

  /// `RSA`, or the curve.
  public String kind() {
    return kind;
  }

  /// SHA-256 thumbprint (RFC 7638): the key's identity, whatever its `kid` says.
  public String thumbprint() {
    return thumbprint;
  }

  boolean fits(SigningAlgorithm algorithm) {
    return algorithm.keyKind().equals(kind) && (only == null || only == algorithm);
  }

  /// Whether this key made the token's signature with this algorithm.
  public boolean verifies(SigningAlgorithm algorithm, ParsedToken token) {
    if (!fits(algorithm)) {
      return false;
    }
    try {
      return verifier.verify(
          new JWSHeader(algorithm.nimbus()),
          token.signingInput().getBytes(StandardCharsets.US_ASCII),
          token.signature());
    } catch (JOSEException e) {
      return false; // a signature of impossible form is a wrong signature
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerificationKey that
        && thumbprint.equals(that.thumbprint)
        && Objects.equals(kid, that.kid)
        && only == that.only;
  }

  @Override
  public int hashCode() {
    return thumbprint.hashCode();
  }

  @Override
  public String toString() {
    return "key " + (kid == null ? thumbprint : kid);
  }
}
