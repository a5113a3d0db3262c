package dev.sallyport.connections.flow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.connections.grants.GrantKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Counts how often people were sent for the same rights: a server that never has enough must not
/// send them round for ever. A link that nobody followed is the same one as before and counts once.
@ApplicationScoped
class StepUps {
  private static final int MOST = 3;

  private record Wanted(GrantKey key, Set<String> scopes) {}

  private final Cache<Wanted, Set<String>> links =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  /// Whether this link may still be shown.
  boolean allows(GrantKey key, Set<String> scopes, String link) {
    Set<String> shown =
        links.get(new Wanted(key, Set.copyOf(scopes)), wanted -> ConcurrentHashMap.newKeySet());
    if (shown.size() >= MOST && !shown.contains(link)) {
      return false;
    }
    shown.add(link);
    return true;
  }
}
