package dev.sallyport.jose;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import dev.sallyport.crypto.Secret;

/// Binds an access token to the ID token that came with it (OpenID Connect Core 1.0 section
/// 3.1.3.6).
public final class AccessTokenBinding {
  private AccessTokenBinding() {}

  /// Whether `at_hash` is the left half of the access token's hash, of the family of the ID token's
  /// algorithm.
  public static boolean holds(String atHash, SigningAlgorithm algorithm, Secret accessToken) {
    AccessTokenHash expected =
        AccessTokenHash.compute(
            new BearerAccessToken(accessToken.reveal()), algorithm.nimbus(), Curve.Ed25519);
    return expected != null && new Secret(expected.getValue()).equals(new Secret(atHash));
  }
}
