package dev.sallyport.connections.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.connections.grants.GrantRefresh.Wish;
import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Await;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrantFlightsTest {
  private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");
  private static final StoredGrant GRANT =
      new StoredGrant(
          "con_1",
          new GrantKey(new Person("i", "s"), "https://as.example", "c", "https://r.example", null),
          "ocl_1",
          "ada",
          Set.of(),
          new Secret("a"),
          new Secret("r"),
          START,
          START.plusSeconds(600),
          null,
          0,
          null,
          null,
          1,
          null);

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final GrantFlights flights = new GrantFlights();

  /// Breaks down when the test says so.
  private final class Crash extends GrantRefresh {
    @Override
    public Optional<GrantToken> once(String id, Wish wish) {
      begun.countDown();
      awaited(end);
      throw new StackOverflowError("as deep as it gets");
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Throwable failure() {
    try {
      return new AssertionError("came back with " + flights.refresh(GRANT, Wish.NOW));
    } catch (RuntimeException | StackOverflowError e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }

  @Test
  void refreshWhenItBreaksDownThenWhoJoinedHearsOfIt() throws Exception {
    flights.refresh = new Crash();
    flights.clock = Clock.systemUTC();
    AtomicReference<@Nullable Thread> joiner = new AtomicReference<>();
    Future<Throwable> first =
        CompletableFuture.supplyAsync(this::failure, Thread::startVirtualThread);
    awaited(begun);
    Future<Throwable> second =
        CompletableFuture.supplyAsync(
            () -> {
              joiner.set(Thread.currentThread());
              return failure();
            },
            Thread::startVirtualThread);
    Await.until("the second waits for the first", () -> waits(joiner.get()));

    end.countDown();

    assertThat(first.get(30, TimeUnit.SECONDS)).isInstanceOf(StackOverflowError.class);
    assertThat(second.get(30, TimeUnit.SECONDS)).isInstanceOf(StackOverflowError.class);
  }

  private static boolean waits(@Nullable Thread thread) {
    return thread != null && thread.getState() == Thread.State.WAITING;
  }
}
