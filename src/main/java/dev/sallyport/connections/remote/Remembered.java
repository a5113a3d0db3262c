package dev.sallyport.connections.remote;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
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
    record Good<V>(V value) implements Outcome<V> {}

    record Failed<V>(String detail) implements Outcome<V> {}
  }

  private final Executor threads;
  private final AsyncCache<K, Outcome<V>> outcomes;

  /// @param threads where fetches run: within the cache's own lock they would hold up other keys
  Remembered(Executor threads, Ticker ticker) {
    this.threads = threads;
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
      case Outcome.Good<V>(V value) -> value;
      case Outcome.Failed<V>(String detail) ->
          throw new SallyportException(ProblemType.CONNECTION_DISCOVERY_FAILED, detail);
    };
  }

  private CompletableFuture<Outcome<V>> start(Supplier<V> fetch) {
    return CompletableFuture.supplyAsync(() -> outcome(fetch), threads)
        .completeOnTimeout(
            new Outcome.Failed<>("It took too long."), LONGEST.toSeconds(), TimeUnit.SECONDS);
  }

  private static <V> Outcome<V> outcome(Supplier<V> fetch) {
    try {
      return new Outcome.Good<>(fetch.get());
    } catch (SallyportException e) {
      return new Outcome.Failed<>(e.detail());
    }
  }
}
