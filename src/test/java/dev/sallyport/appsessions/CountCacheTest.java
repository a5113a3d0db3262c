package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class CountCacheTest {
  private final Deque<Runnable> beside = new ArrayDeque<>();
  private long rows;
  private long now = -5;
  private final CountCache<String> counts = new CountCache<>(f -> rows, () -> now, beside::add);

  private void wait(Duration time) {
    now += time.toNanos() + 1;
  }

  @Test
  void getWhenCountedJustNowThenTheSame() {
    rows = 7;
    assertThat(counts.get("f")).isEqualTo(7);
    rows = 8;

    assertThat(counts.get("f")).isEqualTo(7);
    assertThat(counts.get("g")).isEqualTo(8);
    assertThat(beside).isEmpty();
  }

  @Test
  void getWhenFewAndOldThenCountedAnew() {
    rows = CountCache.MANY - 1;
    counts.get("f");
    rows = 3;
    wait(CountCache.FRESH);

    assertThat(counts.get("f")).isEqualTo(3);
    assertThat(beside).isEmpty();
  }

  @Test
  void getWhenManyAndOldThenTheLastCountWhileItIsCountedAnewOnce() {
    rows = CountCache.MANY;
    counts.get("f");
    rows = CountCache.MANY + 1;
    wait(CountCache.FRESH);

    assertThat(counts.get("f")).isEqualTo(CountCache.MANY);
    assertThat(counts.get("f")).isEqualTo(CountCache.MANY);
    assertThat(beside).hasSize(1);
    beside.remove().run();
    assertThat(counts.get("f")).isEqualTo(CountCache.MANY + 1);
    wait(CountCache.FRESH);
    counts.get("f");
    assertThat(beside).hasSize(1);
  }

  @Test
  void getWhenManyAndVeryOldThenCountedAnew() {
    rows = CountCache.MANY;
    counts.get("f");
    rows = 5;
    wait(CountCache.USABLE);

    assertThat(counts.get("f")).isEqualTo(5);
  }
}
