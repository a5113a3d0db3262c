package dev.sallyport.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {
  private static final long LENGTH = Lease.LENGTH.toNanos();

  @Test
  void isHeldWhenNeverRenewedThenNot() {
    assertThat(new Lease(() -> 5).isHeld()).isFalse();
  }

  // System.nanoTime may be negative, and wrap.
  @ParameterizedTest
  @ValueSource(longs = {0, -1_000_000_000_000L, Long.MAX_VALUE - 1_000})
  void isHeldWhenRenewedThenForTenSecondsFromTheStartOfTheRead(long start) {
    var time = new AtomicLong(start);
    Lease lease = new Lease(time::get);
    time.set(start + 3_000_000_000L);
    lease.renewFrom(start);
    assertThat(lease.isHeld()).isTrue();
    time.set(start + LENGTH - 1);
    assertThat(lease.isHeld()).isTrue();
    time.set(start + LENGTH);
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void dropWhenHeldThenOnlyAReadThatBeganAfterwardsBringsItBack() {
    var time = new AtomicLong(0);
    Lease lease = new Lease(time::get);
    lease.renewFrom(0);
    time.set(1_000);
    lease.drop();
    assertThat(lease.isHeld()).isFalse();
    lease.renewFrom(999);
    assertThat(lease.isHeld()).isFalse();
    lease.renewFrom(1_000);
    assertThat(lease.isHeld()).isTrue();
  }

  @Test
  void renewFromWhenExpiredThenHeldAgain() {
    var time = new AtomicLong(0);
    Lease lease = new Lease(time::get);
    time.set(2 * LENGTH);
    assertThat(lease.isHeld()).isFalse();
    lease.renewFrom(time.get());
    assertThat(lease.isHeld()).isTrue();
  }
}
