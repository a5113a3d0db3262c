package dev.sallyport.keyring;

import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Makes the vault from the master key, so that a bad key stops the start.
@ApplicationScoped
public class VaultProducer {
  @Produces
  @Singleton
  Vault vault(Settings settings) {
    return new Vault(settings.masterKey());
  }
}
