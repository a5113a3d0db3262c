package dev.sallyport.appsessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/// How many rows a list has, counted anew when that is two seconds old. Where there are so many
/// that counting takes its time, whoever asks gets the last count of this minute, and it is counted
/// anew beside: nobody can tell 90,000 rows from 90,010.
final class CountCache<F> {
  static final long MANY = 10_000;
  static final Duration FRESH = Duration.ofSeconds(2);
  static final Duration USABLE = Duration.ofMinutes(1);

  private final ToLongFunction<F> counter;
  private final LongSupplier nanoTime;
  private final Executor beside;
  private final Cache<F, Counted> counts =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(USABLE).build();
  private final Set<F> counting = ConcurrentHashMap.newKeySet();

  private record Counted(long rows, long at) {}

  CountCache(ToLongFunction<F> counter, LongSupplier nanoTime, Executor beside) {
    this.counter = counter;
    this.nanoTime = nanoTime;
    this.beside = beside;
  }

  long get(F filter) {
    Counted last = counts.getIfPresent(filter);
    long age = last == null ? Long.MAX_VALUE : nanoTime.getAsLong() - last.at();
    if (last == null || age > USABLE.toNanos() || (age > FRESH.toNanos() && last.rows() < MANY)) {
      return count(filter);
    }
    if (age > FRESH.toNanos() && counting.add(filter)) {
      beside.execute(() -> countBeside(filter));
    }
    return last.rows();
  }

  private void countBeside(F filter) {
    try {
      var _ = count(filter);
    } finally {
      counting.remove(filter);
    }
  }

  private long count(F filter) {
    long at = nanoTime.getAsLong();
    Counted counted = new Counted(counter.applyAsLong(filter), at);
    counts.put(filter, counted);
    return counted.rows();
  }
}
