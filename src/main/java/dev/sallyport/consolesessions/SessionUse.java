package dev.sallyport.consolesessions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// When sessions were used on this node, until that is written. What waits here counts already.
@ApplicationScoped
class SessionUse {
  @Inject Clock clock;

  private final Map<String, Instant> seen = new ConcurrentHashMap<>();

  void seen(String id) {
    seen.put(id, clock.instant());
  }

  /// A use later than this one.
  Optional<Instant> since(String id, Instant written) {
    return Optional.ofNullable(seen.get(id)).filter(at -> at.isAfter(written));
  }

  Map<String, Instant> waiting() {
    return Map.copyOf(seen);
  }

  /// Called when these are written; what came meanwhile goes on waiting.
  void written(Map<String, Instant> batch) {
    batch.forEach(seen::remove);
  }
}
