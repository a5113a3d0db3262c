package dev.sallyport.keyring;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Keys that the server makes for itself, encrypted in the database. Each purpose has its own ring,
/// so that no key ever serves two. Nodes that start together agree on one first key by a lock.
@Stateless
@NoPermissionNeeded("Mechanisms of the server ask for their keys; no actor does.")
public class KeyRing {
  @Inject KeyStore store;
  @Inject Settings settings;
  @Inject Clock clock;

  /// A key in use: `id` names it in public (`kid`).
  public record Key(String id, Secret material, Instant activeFrom) {}

  /// The keys of a purpose that still count, newest first; makes the first one when there is none.
  public List<Key> keys(String purpose, Supplier<Secret> maker) {
    store.lock(purpose);
    Instant now = clock.instant();
    Duration retention = settings.cookies().keyRetention();
    List<Key> found =
        store.all(purpose).stream()
            .filter(key -> key.verifies(now, retention))
            .map(KeyRing::key)
            .toList();
    return found.isEmpty() ? List.of(key(store.create(purpose, maker.get(), now, now))) : found;
  }

  private static Key key(RingKey key) {
    return new Key(key.id(), key.material(), key.activeFrom());
  }
}
