package dev.sallyport.connections.remote;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Keeps what was fetched; one fetch at a time serves all who wait for the same. A failure is kept
/// for a moment, so that those who waited for it do not try one after the other.
final class Remembered<K, V> {
  private static final Duration GOOD = Duration.ofMinutes(30);
  private static final Duration FAILED = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private sealed interface Outcome<V> {
    record Good<V>(V value, long since) implements Outcome<V> {}

    record Failed<V>(DiscoveryException why) implements Outcome<V> {}
  }

  private final Executor threads;
  private final Ticker ticker;
  private final AsyncCache<K, Outcome<V>> outcomes;

  /// @param threads where fetches run: within the cache's own lock they would hold up other keys
  Remembered(Executor threads, Ticker ticker) {
    this.threads = threads;
    this.ticker = ticker;
    outcomes =
        Caffeine.newBuilder()
            .maximumSize(10_000)
            .executor(Runnable::run)
            .ticker(ticker)
            .expireAfter(
                Expiry.<K, Outcome<V>>creating(
                    (_, outcome) -> outcome instanceof Outcome.Good ? GOOD : FAILED))
            .buildAsync();
  }

  V get(K key, Supplier<V> fetch) {
    return switch (outcomes.get(key, (_, _) -> start(fetch)).join()) {
      case Outcome.Good<V>(V value, _) -> value;
      // Each who waited gets one of their own, with their own stack.
      case Outcome.Failed<V>(DiscoveryException why) ->
          throw new DiscoveryException(String.valueOf(why.getMessage()), why.isAway());
    };
  }

  /// The same where what was fetched longer ago is not new enough.
  V getNewer(K key, Duration age, Supplier<V> fetch) {
    CompletableFuture<Outcome<V>> held = outcomes.getIfPresent(key);
    if (held != null
        && held.isDone()
        && held.join() instanceof Outcome.Good<V>(_, long since)
        && ticker.read() - since > age.toNanos()) {
      outcomes.asMap().remove(key, held);
    }
    return get(key, fetch);
  }

  private CompletableFuture<Outcome<V>> start(Supplier<V> fetch) {
    return CompletableFuture.supplyAsync(() -> outcome(fetch), threads)
        .completeOnTimeout(
            new Outcome.Failed<>(new DiscoveryException("It took too long.", true)),
            LONGEST.toSeconds(),
            TimeUnit.SECONDS);
  }

  private Outcome<V> outcome(Supplier<V> fetch) {
    try {
      return new Outcome.Good<>(fetch.get(), ticker.read());
    } catch (DiscoveryException e) {
      return new Outcome.Failed<>(e);
    }
  }
}
