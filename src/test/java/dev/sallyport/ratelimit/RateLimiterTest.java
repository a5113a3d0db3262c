package dev.sallyport.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private final AtomicLong nanos = new AtomicLong();
  private final RateLimiter limiter = new RateLimiter(limits(), nanos::get);

  @Test
  void takeWhenWithinTheLimitThenGrants() {
    assertThat(limiter.take(LimitKind.SIGN_IN, "a")).isEqualTo(new Permit.Granted());
    assertThat(limiter.take(LimitKind.SIGN_IN, "a")).isEqualTo(new Permit.Granted());
  }

  @Test
  void takeWhenOverTheLimitThenSaysWhenToRetry() {
    exhaust(LimitKind.SIGN_IN, "a");
    assertThat(limiter.take(LimitKind.SIGN_IN, "a"))
        .isEqualTo(new Permit.Denied(Duration.ofSeconds(30)));
  }

  @Test
  void takeWhenTheTimeHasPassedThenGrantsAgain() {
    exhaust(LimitKind.SIGN_IN, "a");
    pass(Duration.ofSeconds(30).minusNanos(1));
    assertThat(limiter.take(LimitKind.SIGN_IN, "a")).isInstanceOf(Permit.Denied.class);
    pass(Duration.ofNanos(1));
    assertThat(limiter.take(LimitKind.SIGN_IN, "a")).isInstanceOf(Permit.Granted.class);
    assertThat(limiter.take(LimitKind.SIGN_IN, "a")).isInstanceOf(Permit.Denied.class);
  }

  @Test
  void takeWhenAnotherKeyOrKindIsExhaustedThenGrants() {
    exhaust(LimitKind.SIGN_IN, "a");
    assertThat(limiter.take(LimitKind.SIGN_IN, "b")).isInstanceOf(Permit.Granted.class);
    assertThat(limiter.take(LimitKind.PUBLIC, "a")).isInstanceOf(Permit.Granted.class);
  }

  @Test
  void takeWhenManyThreadsTakeThenNoMoreThanTheLimitIsGranted() {
    AtomicInteger granted = new AtomicInteger();
    IntStream.range(0, 1_000)
        .parallel()
        .filter(_ -> limiter.take(LimitKind.PUBLIC, "a") instanceof Permit.Granted)
        .forEach(_ -> granted.incrementAndGet());
    assertThat(granted).hasValue(100);
  }

  @Test
  void wouldRefuseWhenExhaustedThenTrueUntilRefilled() {
    exhaust(LimitKind.REFUSED_TOKEN, "a");
    assertThat(limiter.wouldRefuse(LimitKind.REFUSED_TOKEN, "a")).isTrue();
    assertThat(limiter.peek(LimitKind.REFUSED_TOKEN, "a"))
        .isEqualTo(new Permit.Denied(Duration.ofSeconds(30)));
    pass(Duration.ofSeconds(30));
    assertThat(limiter.wouldRefuse(LimitKind.REFUSED_TOKEN, "a")).isFalse();
  }

  @Test
  void wouldRefuseWhenAskedOftenThenTakesNothing() {
    IntStream.range(0, 10).forEach(_ -> limiter.wouldRefuse(LimitKind.REFUSED_TOKEN, "a"));
    assertThat(limiter.size()).isZero();
    limiter.take(LimitKind.REFUSED_TOKEN, "a");
    IntStream.range(0, 10).forEach(_ -> limiter.wouldRefuse(LimitKind.REFUSED_TOKEN, "a"));
    assertThat(limiter.take(LimitKind.REFUSED_TOKEN, "a")).isInstanceOf(Permit.Granted.class);
  }

  @Test
  void takeWhenKeysNeverEndThenMemoryIsBounded() {
    IntStream.range(0, (int) RateLimiter.MAX_KEYS + 5_000)
        .forEach(i -> limiter.take(LimitKind.TOKENLESS, "address-" + i));
    assertThat(limiter.size()).isEqualTo(RateLimiter.MAX_KEYS);
  }

  @Test
  void takeWhenUntouchedForAPeriodThenTheKeyIsForgotten() {
    limiter.take(LimitKind.TOKENLESS, "a");
    pass(Duration.ofMinutes(1));
    assertThat(limiter.size()).isZero();
  }

  @Test
  void newWhenAKindHasNoLimitThenThrows() {
    assertThatThrownBy(() -> new RateLimiter(Map.of(), nanos::get))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void retryAfterSecondsWhenFractionsThenRoundsUp() {
    assertThat(new Permit.Denied(Duration.ofNanos(1)).retryAfterSeconds()).isEqualTo(1);
    assertThat(new Permit.Denied(Duration.ofMillis(1_001)).retryAfterSeconds()).isEqualTo(2);
    assertThat(new Permit.Denied(Duration.ofSeconds(2)).retryAfterSeconds()).isEqualTo(2);
  }

  private void exhaust(LimitKind kind, String key) {
    limiter.take(kind, key);
    limiter.take(kind, key);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static Map<LimitKind, Limit> limits() {
    Map<LimitKind, Limit> limits = new EnumMap<>(LimitKind.class);
    for (LimitKind kind : LimitKind.values()) {
      limits.put(kind, Limit.perMinute(kind == LimitKind.PUBLIC ? 100 : 2));
    }
    return limits;
  }
}
