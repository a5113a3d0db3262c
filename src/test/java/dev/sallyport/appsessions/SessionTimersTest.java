package dev.sallyport.appsessions;

import static dev.sallyport.appsessions.SessionFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.appauth.TrustFixture;
import dev.sallyport.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTimersTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final MutableClock clock = new MutableClock(NOW);
  private final SessionTimers timers = new SessionTimers();
  private final AtomicInteger cuts = new AtomicInteger();
  private Optional<SessionDetails> stored = Optional.of(SessionFixture.details("aas_1"));
  private final List<ActivityStore.Activity> written = new ArrayList<>();
  private boolean isDatabaseAway;
  private LiveSession session;

  @BeforeEach
  void start() {
    timers.clock = clock;
    timers.cache = new SessionCache();
    timers.sessions =
        new SessionStore() {
          @Override
          Optional<SessionDetails> byId(String id) {
            return stored;
          }
        };
    timers.metrics = new SessionMetrics();
    timers.activity =
        new ActivityStore() {
          @Override
          void write(List<Activity> batch) {
            if (isDatabaseAway) {
              throw new IllegalStateException("the database is away");
            }
            written.addAll(batch);
          }
        };
    session = put();
    session.begin(cuts::incrementAndGet);
  }

  private LiveSession put() {
    return timers
        .cache
        .put(
            TrustFixture.trust("wiki"),
            SessionFixture.token("t"),
            stored.orElseGet(() -> SessionFixture.details("aas_1")))
        .session();
  }

  @Test
  void cutWhenUsableThenGoesOn() {
    timers.cutOverdueStreams();
    assertThat(cuts).hasValue(0);
  }

  @Test
  void cutWhenProlongedElsewhereThenGoesOn() {
    clock.forward(HOUR);
    stored = Optional.of(SessionFixture.details("aas_1", NOW.plus(HOUR.multipliedBy(2)), later()));

    timers.cutOverdueStreams();

    assertThat(cuts).hasValue(0);
    assertThat(session.isUsable(clock.millis())).isTrue();
  }

  private Instant later() {
    return clock.instant().minusSeconds(1);
  }

  @Test
  void cutWhenOnlyThisClockSaysThatItIsOverThenUsableOnceTheClockIsRight() {
    clock.forward(HOUR);
    timers.cutOverdueStreams();
    assertThat(cuts).hasValue(1);
    assertThat(session.isUsable(clock.millis())).isFalse();

    clock.forward(HOUR.negated());

    assertThat(put()).isSameAs(session);
    assertThat(session.isEnded()).isFalse();
    assertThat(session.isUsable(clock.millis())).isTrue();
  }

  @Test
  void cutWhenItCannotBeReadThenUsableOnceTheDatabaseTellsOfALaterEnd() {
    clock.forward(HOUR);
    stored = Optional.empty();
    timers.cutOverdueStreams();
    assertThat(cuts).hasValue(1);

    stored = Optional.of(SessionFixture.details("aas_1", NOW.plus(HOUR.multipliedBy(2)), later()));

    assertThat(put().isUsable(clock.millis())).isTrue();
  }

  @Test
  void cutWhenTheStoredOneHasEndedThenForGood() {
    clock.forward(HOUR);
    stored = Optional.of(SessionFixture.ended("aas_1", NOW));

    timers.cutOverdueStreams();

    assertThat(cuts.get()).isPositive();
    assertThat(session.isEnded()).isTrue();
  }

  private void call(int times) {
    for (int i = 0; i < times; i++) {
      timers.cache.touch(session, clock.millis());
    }
  }

  @Test
  void writeWhenTheDatabaseIsAwayThenTheNextTimeCountsAll() {
    call(2);
    isDatabaseAway = true;
    assertThatThrownBy(timers::writeActivity).hasMessage("the database is away");
    call(3);
    isDatabaseAway = false;

    timers.writeActivity();

    assertThat(written).extracting(ActivityStore.Activity::calls).containsExactly(5L);
  }

  @Test
  void stopThenTheLastCallsAreWritten() {
    call(2);

    timers.stop();

    assertThat(written).extracting(ActivityStore.Activity::calls).containsExactly(2L);
  }

  @Test
  void stopWhenTheDatabaseIsAwayThenItGoesOn() {
    isDatabaseAway = true;

    timers.stop();

    assertThat(written).isEmpty();
  }
}
