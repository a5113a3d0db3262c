package dev.sallyport.logout;

import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.ProviderKeys;
import dev.sallyport.login.Providers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Finds the providers of an issuer, as they are now. Disabled ones count as well: nobody signs in
/// with them, but what was opened before can still be ended, and ending is always safe.
@ApplicationScoped
class LogoutParties {
  @Inject Providers providers;
  @Inject ProviderKeys keys;

  List<LogoutParty> ofIssuer(String iss) {
    return providers.ofIssuer(iss).stream()
        .sorted(Comparator.comparing(ProviderDetails::enabled).reversed())
        .map(this::party)
        .toList();
  }

  private LogoutParty party(ProviderDetails provider) {
    return new LogoutParty(
        provider.id(),
        provider.name(),
        provider.clientId(),
        Set.copyOf(provider.logoutClients()),
        provider.logoutEnds().equals(ProviderDetails.ENDS_PERSON),
        provider.endConnectionsOnLogout(),
        keys.issuer(provider).subjectClaim(),
        keys.source(provider));
  }
}
