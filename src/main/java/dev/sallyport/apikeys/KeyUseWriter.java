package dev.sallyport.apikeys;

import dev.sallyport.authz.NoPermissionNeeded;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.time.Clock;

/// Writes the last use of keys in batches, so that no call waits for it, and sweeps old values.
@Singleton
@NoPermissionNeeded("A timer.")
public class KeyUseWriter {
  @Inject ApiKeyStore store;
  @Inject KeyUse use;
  @Inject Clock clock;

  @Schedule(hour = "*", minute = "*", second = "*/15", persistent = false)
  void write() {
    use.take().forEach(store::used);
  }

  @Schedule(hour = "*", minute = "7", persistent = false)
  void sweep() {
    store.sweep(clock.instant());
  }
}
