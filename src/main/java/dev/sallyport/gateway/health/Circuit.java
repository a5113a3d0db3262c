package dev.sallyport.gateway.health;

import dev.sallyport.apps.UpstreamHealth;
import dev.sallyport.apps.UpstreamHealth.LastError;
import dev.sallyport.apps.UpstreamHealth.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The circuit breaker of one upstream. Several failures to connect in a row open it until a check
/// has connected; an upstream that mostly answers errors rests for a while. Both come back by a
/// slow start. Any thread.
public final class Circuit implements Supplier<UpstreamHealth> {
  static final int STRIKES = 3;
  static final int ERRORS = 10;
  static final int ERRORS_WARMING = 3;
  static final Duration WINDOW = Duration.ofSeconds(10);
  static final Duration REST = Duration.ofSeconds(10);
  static final Duration LONGEST_REST = Duration.ofMinutes(1);
  static final Duration SLOW_START = Duration.ofSeconds(30);
  static final int FIRST_SHARE = 10;

  private record Phase(State state, long at, Instant since) {}

  private final Clock clock;
  private final LongSupplier nanos;
  private final LongAdder answers = new LongAdder();
  private volatile Phase phase;
  private volatile int strikes;
  private volatile @Nullable LastError lastError;
  private int errors;
  private long windowStart;
  private long answersBefore;
  private Duration rest = REST;

  public Circuit(Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.windowStart = nanos.getAsLong();
    this.phase = new Phase(State.HEALTHY, windowStart, clock.instant());
  }

  /// The answer's head has come.
  public void answered(int status) {
    answers.increment();
    if (status >= 500) {
      err("answered " + status);
    } else if (strikes != 0) {
      strikes = 0;
    }
  }

  /// The call was taken and got no answer.
  public void unanswered(String detail) {
    answers.increment();
    err(detail);
  }

  /// The upstream could not be connected to, or failed a check.
  public synchronized void unreachable(String detail) {
    note(detail);
    int count = strikes + 1;
    strikes = count;
    State now = state();
    if (now != State.DOWN && (count >= STRIKES || now == State.WARMING)) {
      enter(State.DOWN);
    }
  }

  /// A check has reached it.
  public synchronized void reached() {
    strikes = 0;
    if (phase.state == State.DOWN) {
      enter(State.WARMING);
    }
  }

  /// Whether nothing at all is wrong with it.
  public boolean isHealthy() {
    return phase.state == State.HEALTHY;
  }

  public boolean isDown() {
    return phase.state == State.DOWN;
  }

  public State state() {
    Phase seen = phase;
    if (seen.state == State.HEALTHY || seen.state == State.DOWN) {
      return seen.state;
    }
    return moveOn();
  }

  /// How many of a hundred calls it may take that it would get if it were healthy.
  public int share() {
    return switch (state()) {
      case HEALTHY -> 100;
      case WARMING -> {
        long age = nanos.getAsLong() - phase.at;
        yield (int) (FIRST_SHARE + (100L - FIRST_SHARE) * age / SLOW_START.toNanos());
      }
      case FAILING, DOWN -> 0;
    };
  }

  @Override
  public UpstreamHealth get() {
    State state = state();
    return new UpstreamHealth(state.code(), phase.since, lastError);
  }

  private synchronized State moveOn() {
    long age = nanos.getAsLong() - phase.at;
    if (phase.state == State.WARMING && age >= SLOW_START.toNanos()) {
      rest = REST;
      enter(State.HEALTHY);
    } else if (phase.state == State.FAILING && age >= rest.toNanos()) {
      Duration twice = rest.multipliedBy(2);
      rest = twice.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : twice;
      enter(State.WARMING);
    }
    return phase.state;
  }

  private synchronized void err(String detail) {
    note(detail);
    long now = nanos.getAsLong();
    if (now - windowStart > WINDOW.toNanos()) {
      openWindow(1);
    }
    errors++;
    State state = state();
    int most = state == State.WARMING ? ERRORS_WARMING : ERRORS;
    boolean isMost = errors * 2L >= answers.sum() - answersBefore;
    if (errors >= most && isMost && (state == State.HEALTHY || state == State.WARMING)) {
      enter(State.FAILING);
    }
  }

  private void enter(State next) {
    phase = new Phase(next, nanos.getAsLong(), clock.instant());
    openWindow(0);
  }

  private void openWindow(int ofThisCall) {
    windowStart = nanos.getAsLong();
    errors = 0;
    answersBefore = answers.sum() - ofThisCall;
  }

  private void note(String detail) {
    lastError = new LastError(detail, clock.instant());
  }
}
