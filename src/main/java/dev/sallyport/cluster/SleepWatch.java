package dev.sallyport.cluster;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Notices that the machine was suspended: the wall clock went on meanwhile, the one that leases
/// are held against did not. A wall clock that is set ahead looks the same.
public final class SleepWatch {
  private static final Duration SLACK = Duration.ofSeconds(2);

  private final LongSupplier nanoTime;
  private final LongSupplier wallMillis;
  private long ahead;

  public SleepWatch(LongSupplier nanoTime, LongSupplier wallMillis) {
    this.nanoTime = nanoTime;
    this.wallMillis = wallMillis;
    this.ahead = ahead();
  }

  /// Whether it was since the last look. To be asked often: clocks drift.
  public boolean hasSlept() {
    long before = ahead;
    ahead = ahead();
    return ahead - before > SLACK.toMillis();
  }

  private long ahead() {
    return wallMillis.getAsLong() - Duration.ofNanos(nanoTime.getAsLong()).toMillis();
  }
}
