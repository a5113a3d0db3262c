package dev.sallyport.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what comes by itself a little later.
public final class Await {
  /// A test waits this long for what comes within a second on a quiet machine.
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long FIRST_STEP_NANOS = 20_000_000;
  private static final long LONGEST_STEP_NANOS = 500_000_000;

  private Await() {}

  /// Throws when it does not come in time.
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long step = FIRST_STEP_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(step);
      // Each look may be a call that counts against a limit.
      step = Math.min(2 * step, LONGEST_STEP_NANOS);
    }
  }
}
