package dev.sallyport.login;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A provider as it is asked for. `jwksUrl` is only for an issuer that is new here, where it
/// defaults to what the issuer's discovery says; an absent `clientSecret` keeps the stored one; an
/// empty `groupsClaim` reads no groups.
public record ProviderInput(
    @Nullable String name,
    @Nullable String issuer,
    @Nullable String jwksUrl,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable List<String> scopes,
    @Nullable String groupsClaim,
    @Nullable Boolean userinfoFallback,
    @Nullable List<String> allowedEmailDomains,
    @Nullable Integer iatWindowSeconds,
    @Nullable Boolean requireAtHash,
    @Nullable List<String> logoutClients,
    @Nullable String logoutEnds,
    @Nullable Boolean endConnectionsOnLogout,
    @Nullable Boolean selfService,
    @Nullable Boolean enabled) {

  boolean hasSecret() {
    return clientSecret != null && !clientSecret.isEmpty();
  }

  @Override
  public String toString() {
    return "provider " + name;
  }
}
