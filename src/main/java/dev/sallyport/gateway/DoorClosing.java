package dev.sallyport.gateway;

import dev.sallyport.appsessions.LiveSession;
import dev.sallyport.appsessions.SessionCache;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Closes the door in order: a time in which callers can notice, then no new calls and time for the
/// running ones, then an end. Whoever closes it once that has begun waits for nothing.
final class DoorClosing {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final int STEPS_PER_CUT = 20;

  private final Times times;
  private final SessionCache sessions;
  private final AtomicInteger running;
  private final Consumer<DoorState> door;
  private final AtomicBoolean hasBegun = new AtomicBoolean();
  private final CountDownLatch atOnce = new CountDownLatch(1);

  /// How long callers have to notice, and running calls to end.
  record Times(Duration notice, Duration drain) {}

  /// @param running counts the calls
  /// @param door gets to know each step
  DoorClosing(Times times, SessionCache sessions, AtomicInteger running, Consumer<DoorState> door) {
    this.times = times;
    this.sessions = sessions;
    this.running = running;
    this.door = door;
  }

  /// While everything behind the door still stands: the server takes services down in no order of
  /// ours.
  void leave() {
    if (!hasBegun.getAndSet(true)) {
      door.accept(DoorState.LEAVING);
      if (hasTimeFor(times.notice())) {
        drain();
      }
    }
  }

  /// Nobody who is behind the door may be reached through it from now on.
  void close() {
    if (hasBegun.getAndSet(true)) {
      // First, so that nothing enters behind the cut.
      door.accept(DoorState.CLOSED);
      atOnce.countDown();
      sessions.cutAll();
    } else {
      drain();
      door.accept(DoorState.CLOSED);
    }
  }

  private void drain() {
    door.accept(DoorState.DRAINING);
    long end = System.nanoTime() + times.drain().toNanos();
    boolean hasTime = true;
    for (int step = 0; running.get() > 0 && hasTime; step++) {
      if (step % STEPS_PER_CUT == 0) {
        cutStanding();
      }
      hasTime = hasTimeFor(STEP) && end - System.nanoTime() > 0;
    }
    sessions.cutAll();
  }

  /// Waits for so long; false when there is no time left for that.
  private boolean hasTimeFor(Duration wait) {
    try {
      return !atOnce.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  // More than once: a call that was let in before may become a stream now.
  private void cutStanding() {
    sessions
        .running()
        .filter(call -> call instanceof GatewayCall ours && ours.isStanding())
        .forEach(LiveSession.RunningCall::cut);
  }
}
