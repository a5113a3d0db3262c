package dev.sallyport.keyring;

import dev.sallyport.crypto.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys of one purpose, newest first, as they were read last.
///
/// @param retention how long a retired key still verifies
public record Ring(List<RingKey> keys, Duration retention) {
  public Ring {
    keys = List.copyOf(keys);
  }

  /// The key that signs at this moment.
  public RingKey signing(Instant now) {
    return keys.stream()
        .filter(key -> !key.activeFrom().isAfter(now))
        .findFirst()
        // Only when this node's clock lags behind the one that made the first key.
        .orElseGet(keys::getLast);
  }

  /// The key of this id, if what it signed still counts.
  public Optional<RingKey> verifying(String id, Instant now) {
    return keys.stream()
        .filter(key -> key.id().equals(id) && key.verifies(now, retention))
        .findFirst();
  }

  /// Every key that somebody may have to verify with, the signing one first.
  public List<Secret> materials(Instant now) {
    RingKey signing = signing(now);
    List<Secret> materials = new ArrayList<>(List.of(signing.material()));
    keys.stream()
        .filter(key -> !key.equals(signing) && key.verifies(now, retention))
        .map(RingKey::material)
        .forEach(materials::add);
    return materials;
  }
}
