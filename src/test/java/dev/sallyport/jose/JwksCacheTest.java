package dev.sallyport.jose;

import static dev.sallyport.jose.SigningKeys.jwks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JwksCacheTest extends JwksCacheFixture {
  @Test
  void keysWhenStaticThenNothingIsFetched() throws Exception {
    KeySet keys = KeySet.parse(answer);
    assertThat(cache.keys(new KeySource.Static(keys))).isSameAs(keys);
    assertThat(cache.choose(new KeySource.Static(keys), "x", SigningAlgorithm.RS256))
        .isInstanceOf(KeyChoice.NotFound.class);
    assertThat(fetches).isZero();
  }

  @Test
  void keysWhenYoungThenFetchedOnce() throws Exception {
    cache.keys(SOURCE);
    pass(Duration.ofMinutes(5).minusNanos(1));
    assertThat(cache.keys(SOURCE).keyIds()).containsExactly("a");
    assertThat(fetches).isEqualTo(1);
  }

  @Test
  void keysWhenFiveMinutesOldThenRefreshedBehindTheCaller() throws Exception {
    cache.keys(SOURCE);
    pass(Duration.ofMinutes(5));
    executor = background::add;
    answer = jwks(KEY_A, KEY_B);
    assertThat(cache.keys(SOURCE).keyIds()).containsExactly("a");
    assertThat(cache.keys(SOURCE).keyIds()).containsExactly("a");
    assertThat(background).hasSize(1);
    background.remove().run();
    assertThat(cache.keys(SOURCE).keyIds()).containsExactly("a", "b");
    assertThat(fetches).isEqualTo(2);
  }

  @Test
  void chooseWhenKidIsUnknownThenRefetchFindsTheNewKey() throws Exception {
    cache.keys(SOURCE);
    answer = jwks(KEY_A, KEY_B);
    assertThat(choose("b")).isInstanceOf(KeyChoice.Found.class);
    assertThat(fetches).isEqualTo(2);
  }

  @Test
  void chooseWhenFloodOfUnknownKidsThenOneFetchPerCoolDown() throws Exception {
    cache.keys(SOURCE);
    for (int i = 0; i < 1000; i++) {
      assertThat(choose("forged-" + i)).isInstanceOf(KeyChoice.NotFound.class);
      assertThat(choose("a")).isInstanceOf(KeyChoice.Found.class);
    }
    assertThat(fetches).isEqualTo(2);
    pass(Duration.ofSeconds(30).minusNanos(1));
    choose("forged");
    assertThat(fetches).isEqualTo(2);
    pass(Duration.ofNanos(1));
    choose("forged");
    assertThat(fetches).isEqualTo(3);
  }

  @Test
  void chooseWhenIdpIsDownThenUnknownKidStaysUnknown() throws Exception {
    cache.keys(SOURCE);
    down = true;
    assertThat(choose("b")).isInstanceOf(KeyChoice.NotFound.class);
    assertThat(choose("a")).isInstanceOf(KeyChoice.Found.class);
    assertThat(fetches).isEqualTo(2);
  }

  @Test
  void chooseWhenManyWaitForTheSameFetchThenNoMoreThan64() throws Exception {
    cache.keys(SOURCE);
    CountDownLatch fetched = new CountDownLatch(1);
    executor = fetch -> Thread.startVirtualThread(() -> fetchAfter(fetched, fetch));
    answer = jwks(KEY_A, KEY_B);
    List<CompletableFuture<String>> callers =
        IntStream.range(0, 72)
            .mapToObj(i -> CompletableFuture.supplyAsync(this::found, Thread::startVirtualThread))
            .toList();

    Await.until(
        "those beyond are refused",
        () -> callers.stream().filter(CompletableFuture::isDone).count() == 8);
    fetched.countDown();

    assertThat(callers.stream().map(CompletableFuture::join).filter("Found"::equals)).hasSize(64);
    assertThat(callers.stream().map(CompletableFuture::join).distinct())
        .containsExactlyInAnyOrder("Found", "too many wait for them already");
  }

  private static void fetchAfter(CountDownLatch latch, Runnable fetch) {
    try {
      latch.await();
      fetch.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String found() {
    try {
      return choose("b").getClass().getSimpleName();
    } catch (Exception e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void keysWhenIdpIsDown59MinutesThenLastGoodAnd61Unavailable() throws Exception {
    cache.keys(SOURCE);
    down = true;
    pass(Duration.ofMinutes(59));
    assertThat(cache.keys(SOURCE).keyIds()).containsExactly("a");
    pass(Duration.ofMinutes(2));
    assertThatThrownBy(() -> cache.keys(SOURCE))
        .isInstanceOf(JwksUnavailableException.class)
        .hasMessage("status 503");
    down = false;
    pass(Duration.ofSeconds(30));
    assertThat(cache.keys(SOURCE).keyIds()).containsExactly("a");
  }

  @Test
  void keysWhenFirstLoadFailsThenNotTriedAgainBeforeCoolDown() {
    down = true;
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> cache.keys(SOURCE)).isInstanceOf(JwksUnavailableException.class);
    }
    assertThat(fetches).isEqualTo(1);
    pass(Duration.ofSeconds(30));
    assertThatThrownBy(() -> cache.keys(SOURCE)).isInstanceOf(JwksUnavailableException.class);
    assertThat(fetches).isEqualTo(2);
  }

  @Test
  void keysWhenAnswerIsNoKeySetThenLastGoodStaysAndStatusSaysWhy() throws Exception {
    cache.keys(SOURCE);
    answer = "<html>secret</html>";
    JwksStatus status = cache.refreshNow(URL);
    assertThat(status.lastError())
        .isEqualTo("the answer is no usable key set: not a JSON object without duplicate members");
    assertThat(status.keyIds()).containsExactly("a");
    assertThat(cache.keys(SOURCE).keyIds()).containsExactly("a");
    assertThat(vanished).isEmpty();
  }

  @Test
  void keysWhenAnswerIsTooLargeThenRefused() {
    answer = jwks(KEY_A) + " ".repeat(JwksCache.MAX_LENGTH);
    assertThatThrownBy(() -> cache.keys(SOURCE)).hasMessage("the key set is larger than 1 MiB");
  }

  @Test
  void keysWhenExecutorRefusesThenUnavailable() {
    executor =
        _ -> {
          throw new RejectedExecutionException();
        };
    assertThatThrownBy(() -> cache.keys(SOURCE)).hasMessage("too many fetches are running");
  }
}
