package dev.sallyport.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what comes by itself a little later.
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long STEP_NANOS = 20_000_000;

  private Await() {}

  /// Throws when it does not come in time.
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
