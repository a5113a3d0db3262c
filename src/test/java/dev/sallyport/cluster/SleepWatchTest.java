package dev.sallyport.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SleepWatchTest {
  private static final long SECOND = 1_000_000_000;

  // System.nanoTime may be negative.
  private final AtomicLong nanos = new AtomicLong(-5 * SECOND);
  private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
  private final SleepWatch watch = new SleepWatch(nanos::get, millis::get);

  private void pass(long monotonicSeconds, long wallSeconds) {
    nanos.addAndGet(monotonicSeconds * SECOND);
    millis.addAndGet(wallSeconds * 1_000);
  }

  @Test
  void hasSleptWhenBothClocksGoOnThenNot() {
    pass(3_600, 3_600);

    assertThat(watch.hasSlept()).isFalse();
  }

  @Test
  void hasSleptWhenOnlyTheWallClockWentOnThenOnce() {
    pass(1, 8);

    assertThat(watch.hasSlept()).isTrue();
    assertThat(watch.hasSlept()).isFalse();
  }

  @Test
  void hasSleptWhenTheWallClockIsSetBackThenNotAndTheNextSleepIsNoticed() {
    pass(1, -3_600);
    assertThat(watch.hasSlept()).isFalse();

    pass(0, 5);
    assertThat(watch.hasSlept()).isTrue();
  }

  @Test
  void hasSleptWhenClocksDriftThenNotHoweverLongThatGoesOn() {
    for (int look = 0; look < 100; look++) {
      pass(1, 2);
      assertThat(watch.hasSlept()).isFalse();
    }
  }
}
