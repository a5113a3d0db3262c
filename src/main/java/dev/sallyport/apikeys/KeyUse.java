package dev.sallyport.apikeys;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers when keys were used, until the next batch is written.
@ApplicationScoped
public class KeyUse {
  @Inject Clock clock;

  private final Map<String, Instant> seen = new ConcurrentHashMap<>();

  void seen(String keyId) {
    seen.put(keyId, clock.instant());
  }

  /// Takes what was remembered.
  Map<String, Instant> take() {
    Map<String, Instant> taken = Map.copyOf(seen);
    taken.forEach(seen::remove);
    return taken;
  }
}
