package dev.sallyport.connections;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import dev.sallyport.connections.grants.Grants;
import dev.sallyport.connections.grants.RefreshCounts;
import dev.sallyport.observability.Metric;
import dev.sallyport.observability.MetricSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.stream.Stream;

/// How often tokens for upstreams were at hand, and how refreshing them went.
@ApplicationScoped
public class ConnectionMetrics implements MetricSource {
  private static final double MILLIS = 1e3;

  @Inject ExchangeCache exchanged;
  @Inject Grants grants;

  @Override
  public Stream<Metric> metrics() {
    CacheStats stats = exchanged.stats();
    RefreshCounts refreshes = grants.refreshes();
    return Stream.of(
        Metric.gauge(
            "exchange_cache_entries", "Exchanged tokens that are kept now.", exchanged.size()),
        Metric.counters(
            "exchange_cache_lookups",
            "Looks for an exchanged token.",
            "outcome",
            Map.of("hit", stats.hitCount(), "miss", stats.missCount())),
        Metric.counter(
            "exchange_cache_evictions",
            "Exchanged tokens that gave way to others.",
            stats.evictionCount()),
        Metric.counters(
            "connection_refreshes",
            "Refreshes of connections.",
            "outcome",
            Map.of(
                "done", refreshes.done(),
                "failed", refreshes.failed(),
                "ended", refreshes.ended())),
        Metric.counter(
            "connection_refresh_seconds",
            "How long all refreshes took together.",
            refreshes.millis() / MILLIS));
  }
}
