package dev.sallyport.gateway.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.testing.Await;
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
      pool.execute(client, done::incrementAndGet);
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
      pool.execute("client-" + i, done::incrementAndGet);
    }

    for (int i = 0; i < 2 * HALF; i++) {
      assertThatThrownBy(() -> fill("192.0.2.1", 1)).isInstanceOf(RejectedExecutionException.class);
    }
    open.countDown();
    Await.until("all is done", () -> done.get() == QUEUE - THREADS);
    fill("192.0.2.1", 1);
    Await.until("the client is served", () -> done.get() == QUEUE - THREADS + 1);
  }
}
