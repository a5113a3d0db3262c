package dev.sallyport.gateway.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.testing.Await;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ColdPoolTest {
  private static final int THREADS = 8;
  private static final int QUEUE = 512;
  // Those who are being served hold their places, too.
  private static final int HALF = (QUEUE - THREADS) / 2;

  private final ColdPool pool = new ColdPool("test", THREADS, QUEUE);
  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicInteger done = new AtomicInteger();

  @AfterEach
  void close() {
    open.countDown();
    pool.close();
  }

  /// Makes every thread wait, so that whatever comes next stays in the queue.
  private void occupy() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      pool.execute(
          "occupant-" + i,
          "app-" + i,
          () -> {
            busy.countDown();
            awaitOpen();
          });
    }
    assertThat(busy.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private void awaitOpen() {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fill(String client, int count) {
    for (int i = 0; i < count; i++) {
      pool.execute(client, client, done::incrementAndGet);
    }
  }

  @Test
  void executeWhenAClientFillsItsPlacesThenThatOneWaitsAndOthersDoNot() throws Exception {
    occupy();
    fill("192.0.2.1", HALF);

    assertThat(pool.isFull("192.0.2.1")).isTrue();
    assertThatThrownBy(() -> fill("192.0.2.1", 1)).isInstanceOf(RejectedExecutionException.class);
    fill("192.0.2.2", 1);
    open.countDown();
    Await.until("all is done", () -> done.get() == HALF + 1);
    fill("192.0.2.1", HALF);
    Await.until("the freed places are used", () -> done.get() == 2 * HALF + 1);
  }

  @Test
  void executeWhenTheQueueIsFullThenRefusedAndThePlaceIsFreeAgain() throws Exception {
    occupy();
    for (int i = THREADS; i < QUEUE; i++) {
      pool.execute("client-" + i, "app-" + i, done::incrementAndGet);
    }

    for (int i = 0; i < 2 * HALF; i++) {
      assertThatThrownBy(() -> fill("192.0.2.1", 1)).isInstanceOf(RejectedExecutionException.class);
    }
    open.countDown();
    Await.until("all is done", () -> done.get() == QUEUE - THREADS);
    fill("192.0.2.1", 1);
    Await.until("the client is served", () -> done.get() == QUEUE - THREADS + 1);
  }

  @Test
  void executeWhenAnAppHangsThenItHasHalfOfTheThreadsAndOthersTheRest() {
    AtomicInteger begun = new AtomicInteger();
    for (int i = 0; i < 2 * THREADS; i++) {
      pool.execute(
          "client-" + i,
          "hanging",
          () -> {
            begun.incrementAndGet();
            awaitOpen();
          });
    }
    for (int i = 0; i < 20; i++) {
      pool.execute("client-" + i, "good", done::incrementAndGet);
    }

    Await.until("the others are done", () -> done.get() == 20);
    Await.until("it has its share", () -> begun.get() >= THREADS / 2);
    assertThat(begun).hasValue(THREADS / 2);
    open.countDown();
    Await.until("what waited for its own app begins", () -> begun.get() == 2 * THREADS);
  }

  @Test
  void executeWhenTwoAppsHaveABacklogThenAThirdNeedNotWaitForItsEnd() {
    AtomicInteger backlog = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      pool.execute("client-" + i, "first", () -> awaitOpenAndCount(backlog));
      pool.execute("client-" + i, "second", () -> awaitOpenAndCount(backlog));
    }
    CompletableFuture<Integer> third = new CompletableFuture<>();
    pool.execute("other", "third", () -> third.complete(backlog.get()));
    open.countDown();

    assertThat(third.join()).isLessThan(100);
  }

  private void awaitOpenAndCount(AtomicInteger count) {
    awaitOpen();
    count.incrementAndGet();
  }

  @Test
  void executeWhenOneAppFillsItsPlacesThenOthersStillGetOne() throws Exception {
    occupy();
    for (int i = 0; i < HALF; i++) {
      pool.execute("client-" + i, "busy", done::incrementAndGet);
    }

    assertThatThrownBy(() -> pool.execute("one-more", "busy", done::incrementAndGet))
        .isInstanceOf(RejectedExecutionException.class);
    pool.execute("one-more", "other", done::incrementAndGet);
    open.countDown();
    Await.until("all is done", () -> done.get() == HALF + 1);
  }

  @Test
  void executeWhenAllWaitForTheSameThenOthersAreServed() {
    CompletableFuture<String> keys = new CompletableFuture<>();
    for (int i = 0; i < 2 * THREADS; i++) {
      pool.execute("client-" + i, "app-" + i, keys::join);
    }

    pool.execute("somebody", "else", done::incrementAndGet);

    Await.until("it is done", () -> done.get() == 1);
    keys.complete("fetched");
  }

  @Test
  void executeWhenWorkBreaksDownThenItsShareIsFreed() {
    for (int i = 0; i < THREADS / 2; i++) {
      pool.execute(
          "client-" + i,
          "broken",
          () -> {
            throw new IllegalStateException("broken");
          });
    }
    pool.execute("client", "broken", done::incrementAndGet);

    Await.until("what comes next is done", () -> done.get() == 1);
  }
}
