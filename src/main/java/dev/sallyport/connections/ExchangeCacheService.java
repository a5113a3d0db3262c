package dev.sallyport.connections;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Looks into the exchanged tokens of this node, and forgets them on all.
@Stateless
public class ExchangeCacheService {
  @Inject ExchangeCache cache;
  @Inject Changes changes;
  @Inject AuditLog audit;

  /// How the cache of this node does.
  public record ExchangeCacheStats(
      long entries, int capacity, long hits, long misses, long evictions) {}

  @RequiresPermission(Permission.CONNECTION_READ)
  public ExchangeCacheStats stats() {
    CacheStats stats = cache.stats();
    return new ExchangeCacheStats(
        cache.size(),
        ExchangeCache.MAX_ENTRIES,
        stats.hitCount(),
        stats.missCount(),
        stats.evictionCount());
  }

  /// Forgets the tokens of an app (by id), of a user (by name), or all.
  @RequiresPermission(Permission.CONNECTION_REVOKE)
  public void clear(@Nullable String appId, @Nullable String user) {
    changes.tell(
        Change.Kind.EXCHANGE_CACHE,
        List.of(
            Objects.requireNonNullElse(appId, "") + "\n" + Objects.requireNonNullElse(user, "")));
    audit.record(
        AuditEntry.success(AuditEventName.EXCHANGE_CACHE_CLEARED)
            .with("app", appId)
            .with("user", user));
  }
}
