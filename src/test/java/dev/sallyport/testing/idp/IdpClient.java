package dev.sallyport.testing.idp;

import dev.sallyport.crypto.Secret;
import java.util.List;
import java.util.Optional;

/// A client of the demo issuer.
///
/// @param secret absent for a public client
/// @param redirectUris where codes may go, exactly
/// @param afterLogoutUri where people may go after a logout, exactly
/// @param backChannelUri where logout tokens go
public record IdpClient(
    String id,
    Optional<Secret> secret,
    List<String> redirectUris,
    Optional<String> afterLogoutUri,
    Optional<String> backChannelUri) {
  public IdpClient {
    redirectUris = List.copyOf(redirectUris);
  }

  /// A public client that gets its tokens by password.
  public static IdpClient agent(String id) {
    return new IdpClient(id, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
  }

  /// A confidential client that people sign in to.
  public static IdpClient site(
      String id, Secret secret, String afterLogoutUri, String redirectUri) {
    return new IdpClient(
        id,
        Optional.of(secret),
        List.of(redirectUri),
        Optional.of(afterLogoutUri),
        Optional.empty());
  }

  public IdpClient withBackChannel(String uri) {
    return new IdpClient(id, secret, redirectUris, afterLogoutUri, Optional.of(uri));
  }

  boolean mayReturnTo(String uri) {
    return afterLogoutUri.filter(uri::equals).isPresent();
  }
}
