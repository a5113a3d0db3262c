package dev.sallyport.login.discovery;

import dev.sallyport.jose.SigningAlgorithm;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of a provider's discovery document matters here. `sendsIss`: the answer to a sign-in names
/// its issuer (RFC 9207 section 3).
public record ProviderMetadata(
    String issuer,
    URI authorizationEndpoint,
    URI tokenEndpoint,
    @Nullable URI userInfoEndpoint,
    URI jwksUri,
    @Nullable URI endSessionEndpoint,
    boolean sendsIss,
    List<String> clientAuthentication,
    List<String> idTokenAlgorithms) {

  /// The ID token algorithms that are good enough. A document that names none means RS256, which
  /// every provider must offer (OpenID Connect Discovery 1.0 section 3).
  public List<String> usableAlgorithms() {
    return idTokenAlgorithms.stream().filter(alg -> SigningAlgorithm.of(alg) != null).toList();
  }

  /// Whether ID tokens can only come unsigned or with a shared secret.
  public boolean isDowngraded() {
    return !idTokenAlgorithms.isEmpty() && usableAlgorithms().isEmpty();
  }

  /// Whether the client secret must be sent in the body: only where the header is not taken.
  public boolean takesSecretByPostOnly() {
    return clientAuthentication.contains("client_secret_post")
        && !clientAuthentication.contains("client_secret_basic");
  }
}
