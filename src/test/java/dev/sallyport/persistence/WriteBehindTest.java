package dev.sallyport.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WriteBehindTest {
  private final Queue<Integer> written = new ConcurrentLinkedQueue<>();

  @Test
  void closeWhenRowsAreQueuedThenAllAreWrittenInOrder() {
    try (var rows = new WriteBehind<Integer>("test", 1_000, written::addAll)) {
      IntStream.range(0, 500).forEach(rows::offer);
    }
    assertThat(written).containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
  }

  @Test
  void offerWhenQueueIsFullThenDroppedAndCounted() throws InterruptedException {
    var isWriting = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var rows =
        new WriteBehind<Integer>(
            "test",
            2,
            batch -> {
              isWriting.countDown();
              await(goOn);
              written.addAll(batch);
            });
    rows.offer(0);
    await(isWriting);
    List.of(1, 2, 3, 4).forEach(rows::offer);
    assertThat(rows.takeDropped()).isEqualTo(2);
    assertThat(rows.takeDropped()).isZero();
    goOn.countDown();
    rows.close();
    assertThat(written).containsExactly(0, 1, 2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void offerWhenABatchFailsThenCountedAndTheNextIsWritten() {
    var failed = new CountDownLatch(1);
    var seen = new ArrayList<Integer>();
    var rows =
        new WriteBehind<Integer>(
            "test",
            10,
            batch -> {
              if (failed.getCount() > 0) {
                failed.countDown();
                throw new IllegalStateException("no database");
              }
              seen.addAll(batch);
            });
    rows.offer(1);
    await(failed);
    rows.offer(2);
    rows.close();
    assertThat(seen).containsExactly(2);
    assertThat(rows.takeDropped()).isEqualTo(1);
  }
}
