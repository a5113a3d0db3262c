package dev.sallyport.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/// What the product promises about time. A machine that is busy with other things keeps no such
/// promise, so a test reports what it saw and fails only when it was far off.
public final class Measured {
  /// How far off.
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private Measured() {}

  /// What began at this `System.nanoTime()` is done now.
  public static void promised(String what, Duration promise, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf(
        "measured: %s %d ms, promised %d ms%n", what, took.toMillis(), promise.toMillis());
    assertThat(took).as(what).isLessThan(PATIENCE);
  }
}
