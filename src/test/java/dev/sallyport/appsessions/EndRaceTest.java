package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.TrustFixture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Ends meet calls and loads in every order that two threads come up with.
class EndRaceTest {
  private static final int ROUNDS = 2_000;

  private interface Work {
    void run() throws Exception;
  }

  private static void atOnce(ExecutorService threads, Work one, Work other) throws Exception {
    var barrier = new CyclicBarrier(2);
    Future<?> first = threads.submit(() -> after(barrier, one));
    Future<?> second = threads.submit(() -> after(barrier, other));
    first.get();
    second.get();
  }

  private static Void after(CyclicBarrier barrier, Work work) throws Exception {
    barrier.await();
    work.run();
    return null;
  }

  @Test
  void beginWhenItMeetsAnEndThenCutOrSeen() throws Exception {
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < ROUNDS; i++) {
        LiveSession session = SessionFixture.session();
        var isCut = new AtomicBoolean();
        var hasSeenTheEnd = new AtomicBoolean();
        atOnce(
            threads,
            () -> session.end(EndReason.REVOKED),
            () -> {
              session.begin(() -> isCut.set(true));
              hasSeenTheEnd.set(session.isEnded());
            });
        assertThat(isCut.get() || hasSeenTheEnd.get()).as("round %s", i).isTrue();
      }
    }
  }

  @Test
  void putWhenItMeetsAnEndThenNeverComesBackToLife() throws Exception {
    AppTrust trust = TrustFixture.trust("wiki");
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < ROUNDS; i++) {
        SessionCache cache = new SessionCache();
        LiveToken[] loaded = new LiveToken[1];
        atOnce(
            threads,
            () -> cache.end("aas_1", EndReason.REVOKED),
            () ->
                loaded[0] =
                    cache.put(trust, SessionFixture.token("t"), SessionFixture.details("aas_1")));
        assertThat(loaded[0].session().isEnded()).as("round %s", i).isTrue();
      }
    }
  }
}
