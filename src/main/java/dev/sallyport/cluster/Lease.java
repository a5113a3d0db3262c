package dev.sallyport.cluster;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How long a node may trust what it remembers: ten seconds from the start of the last finished
/// read of the feed, on a clock that nobody can set.
public final class Lease {
  static final Duration LENGTH = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private volatile long until;
  // Reads that began before count no more.
  private long distrusted;

  public Lease(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.until = nanoTime.getAsLong();
    this.distrusted = until;
  }

  synchronized void renewFrom(long startOfRead) {
    if (startOfRead - distrusted >= 0) {
      until = startOfRead + LENGTH.toNanos();
    }
  }

  /// Ends it until a read that begins from now on is finished.
  synchronized void drop() {
    distrusted = nanoTime.getAsLong();
    until = distrusted;
  }

  /// How long ago the last finished read began.
  public Duration age() {
    return Duration.ofNanos(nanoTime.getAsLong() - (until - LENGTH.toNanos()));
  }

  public boolean isHeld() {
    return until - nanoTime.getAsLong() > 0;
  }
}
