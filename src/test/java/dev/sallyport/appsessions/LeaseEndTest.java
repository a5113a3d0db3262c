package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.appauth.TrustFixture;
import dev.sallyport.cluster.DatabaseReady;
import dev.sallyport.cluster.FixedFeed;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.MutableClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseEndTest {
  private final MutableClock clock = new MutableClock(SessionFixture.NOW);
  private final FixedFeed feed = new FixedFeed();
  private final LeaseEnd leaseEnd = new LeaseEnd();
  private final AtomicInteger cuts = new AtomicInteger();
  private LiveSession session;

  @BeforeEach
  void start() {
    leaseEnd.feed = feed;
    leaseEnd.clock = clock;
    leaseEnd.sessions = new SessionCache();
    session =
        leaseEnd
            .sessions
            .put(
                TrustFixture.trust("wiki"),
                SessionFixture.token("t"),
                SessionFixture.details("aas_1"))
            .session();
    session.begin(cuts::incrementAndGet);
    leaseEnd.start(new DatabaseReady());
  }

  @AfterEach
  void stop() {
    leaseEnd.stop();
  }

  @Test
  void leaseWhenItEndsThenWhatRunsIsCutAndTheSessionLives() {
    int before = cuts.get();
    feed.endLease();

    Await.until("cut", () -> cuts.get() > 0);

    assertThat(before).isZero();
    assertThat(session.isUsable(SessionFixture.MILLIS)).isTrue();
  }

  @Test
  void machineWhenItSleptAndTheFeedIsNotReadThenWhatRunsIsCut() {
    long before = feed.looks();
    Await.until("it watches", () -> feed.looks() > before);
    assertThat(cuts).hasValue(0);
    feed.hang();

    clock.forward(Duration.ofHours(1));

    Await.until("cut", () -> cuts.get() > 0);
    assertThat(feed.lease().isHeld()).isFalse();
  }

  @Test
  void machineWhenItSleptAndTheFeedIsReadThenTheLeaseIsHeldAgain() {
    feed.wokeUp();

    Await.until("read", () -> feed.lease().isHeld());
  }
}
