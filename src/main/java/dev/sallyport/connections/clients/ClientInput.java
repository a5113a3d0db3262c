package dev.sallyport.connections.clients;

import org.jspecify.annotations.Nullable;

/// A client that an admin registered at an authorization server.
///
/// @param issuer fixed once written: another server must not get its secret
/// @param clientSecret a secret; left out, the stored one stays
/// @param authentication `basic`, `post` or `none`; `basic` if absent
public record ClientInput(
    @Nullable String issuer,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable String authentication) {

  @Override
  public String toString() {
    return "ClientInput[" + issuer + "]";
  }
}
