package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.appsessions.LiveSession;
import dev.sallyport.appsessions.SessionCache;
import dev.sallyport.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoorClosingTest {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration LONG = Duration.ofHours(1);

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private final List<DoorState> states = new CopyOnWriteArrayList<>();
  private final List<DoorState> statesAtCut = new CopyOnWriteArrayList<>();
  private final SessionCache sessions =
      new SessionCache() {
        @Override
        public Stream<LiveSession.RunningCall> running() {
          return Stream.of();
        }

        @Override
        public void cutAll() {
          statesAtCut.addAll(states);
          cuts.incrementAndGet();
        }
      };
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    running.set(0);
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
  }

  private DoorClosing closing(Duration notice, Duration drain) {
    return new DoorClosing(new DoorClosing.Times(notice, drain), sessions, running, states::add);
  }

  private Thread beside(Runnable work) {
    Thread thread = Thread.ofVirtual().start(work);
    threads.add(thread);
    return thread;
  }

  private void awaitState(DoorState state) {
    Await.until("it is " + state, () -> states.contains(state));
  }

  @Test
  void leaveWhenNothingRunsThenServesForTheNoticeOnly() {
    closing(NONE, LONG).leave();

    assertThat(states).containsExactly(DoorState.LEAVING, DoorState.DRAINING);
    assertThat(cuts).hasValue(1);
  }

  @Test
  void leaveWhenCallsRunThenTheyMayEnd() {
    running.set(1);
    Thread leaving = beside(closing(NONE, LONG)::leave);
    awaitState(DoorState.DRAINING);
    assertThat(cuts).hasValue(0);
    assertThat(leaving.isAlive()).isTrue();

    running.set(0);

    Await.until("it has left", () -> !leaving.isAlive());
    assertThat(cuts).hasValue(1);
  }

  @Test
  void leaveWhenCallsTakeLongerThanTheyMayThenCut() {
    running.set(1);

    closing(NONE, Duration.ofMillis(1)).leave();

    assertThat(cuts).hasValue(1);
  }

  @Test
  void closeWhenNobodyLeftBeforeThenRunningCallsMayEndToo() {
    running.set(1);
    Thread closing = beside(closing(LONG, LONG)::close);
    awaitState(DoorState.DRAINING);
    assertThat(cuts).hasValue(0);

    running.set(0);

    Await.until("it is closed", () -> !closing.isAlive());
    assertThat(states).containsExactly(DoorState.DRAINING, DoorState.CLOSED);
  }

  @Test
  void closeWhenItLeavesStillThenAtOnce() {
    running.set(1);
    DoorClosing closing = closing(LONG, LONG);
    Thread leaving = beside(closing::leave);
    awaitState(DoorState.LEAVING);

    Thread second = beside(closing::close);

    Await.until("both are over", () -> !second.isAlive() && !leaving.isAlive());
    assertThat(states).containsExactly(DoorState.LEAVING, DoorState.CLOSED);
    assertThat(statesAtCut).contains(DoorState.CLOSED);
    assertThat(cuts).hasValue(1);
  }

  @Test
  void closeWhenItDrainsStillThenAtOnce() {
    running.set(1);
    DoorClosing closing = closing(NONE, LONG);
    Thread leaving = beside(closing::leave);
    awaitState(DoorState.DRAINING);

    Thread second = beside(closing::close);

    Await.until("both are over", () -> !second.isAlive() && !leaving.isAlive());
    assertThat(states).contains(DoorState.CLOSED);
  }

  @Test
  void leaveWhenItIsClosedAlreadyThenStaysSo() {
    DoorClosing closing = closing(LONG, LONG);
    closing.close();

    closing.leave();

    assertThat(states).containsExactly(DoorState.DRAINING, DoorState.CLOSED);
  }
}
