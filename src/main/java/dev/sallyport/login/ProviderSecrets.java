package dev.sallyport.login;

import dev.sallyport.keyring.EncryptedColumn;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/// Lets the secrets of providers follow the master key.
@ApplicationScoped
class ProviderSecrets {
  @Produces
  EncryptedColumn clientSecrets() {
    return new EncryptedColumn("oidc_provider", "id", "client_secret");
  }
}
