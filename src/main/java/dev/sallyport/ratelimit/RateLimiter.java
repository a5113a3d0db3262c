package dev.sallyport.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;

/// Token buckets per kind and key. Safe for all threads, never blocks.
public final class RateLimiter {
  static final long MAX_KEYS = 50_000;

  private record Key(LimitKind kind, String key) {}

  private record TickerMeter(Ticker ticker) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return ticker.read();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  private final Map<LimitKind, Limit> limits;
  private final TimeMeter meter;
  private final Cache<Key, Bucket> buckets;

  /// `limits` must have one for every kind; `ticker` counts monotonic nanoseconds.
  public RateLimiter(Map<LimitKind, Limit> limits, Ticker ticker) {
    if (!limits.keySet().equals(EnumSet.allOf(LimitKind.class))) {
      throw new IllegalArgumentException("every kind needs a limit");
    }
    this.limits = new EnumMap<>(limits);
    this.meter = new TickerMeter(ticker);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MAX_KEYS)
            // An untouched bucket is full again after its period; forgetting it changes nothing.
            .expireAfterAccess(longestPeriod(limits))
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /// Counts one and says whether it was within the limit.
  public Permit take(LimitKind kind, String key) {
    Bucket bucket = buckets.get(new Key(kind, key), _ -> newBucket(kind));
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? new Permit.Granted()
        : new Permit.Denied(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  /// What [#take] would say, without counting.
  public Permit peek(LimitKind kind, String key) {
    Bucket bucket = buckets.getIfPresent(new Key(kind, key));
    if (bucket == null) {
      return new Permit.Granted();
    }
    EstimationProbe probe = bucket.estimateAbilityToConsume(1);
    return probe.canBeConsumed()
        ? new Permit.Granted()
        : new Permit.Denied(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  public boolean wouldRefuse(LimitKind kind, String key) {
    return peek(kind, key) instanceof Permit.Denied;
  }

  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private Bucket newBucket(LimitKind kind) {
    Limit limit = Objects.requireNonNull(limits.get(kind));
    return Bucket.builder()
        .addLimit(
            stage ->
                stage
                    .capacity(limit.capacity())
                    .refillGreedy(limit.capacity(), limit.refillPeriod()))
        .withCustomTimePrecision(meter)
        .build();
  }

  private static Duration longestPeriod(Map<LimitKind, Limit> limits) {
    return limits.values().stream().map(Limit::refillPeriod).max(Duration::compareTo).orElseThrow();
  }
}
