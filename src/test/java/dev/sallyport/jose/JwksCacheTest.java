package dev.sallyport.jose;

import static dev.sallyport.jose.SigningKeys.jwk;
import static dev.sallyport.jose.SigningKeys.jwks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JwksCacheTest {
  private static final URI URL = URI.create("https://idp.example/jwks");
  private static final KeySource SOURCE = new KeySource.Url(URL);
  private static final String KEY_A = jwk("RSA/a", "\"kid\":\"a\"");
  private static final String KEY_B = jwk("RSA/b", "\"kid\":\"b\"");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Queue<Runnable> background = new ArrayDeque<>();
  private final List<URI> vanished = new ArrayList<>();
  private Executor executor = Runnable::run;
  private Duration elapsed = Duration.ZERO;
  private String answer = jwks(KEY_A);
  private boolean down;
  private int fetches;

  private final JwksCache cache =
      new JwksCache(
          new JwksCache.Machinery(
              this::fetch,
              task -> executor.execute(task),
              () -> elapsed.toNanos(),
              Clock.tick(Clock.fixed(START, ZoneOffset.UTC), Duration.ofNanos(1))),
          vanished::add);

  private String fetch(URI url) throws JwksUnavailableException {
    fetches++;
    if (down) {
      throw new JwksUnavailableException("status 503");
    }
    return answer;
  }

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

  @Test
  void refreshNowWhenKeyVanishedThenListenerIsTold() throws Exception {
    answer = jwks(KEY_A, KEY_B);
    cache.keys(SOURCE);
    answer = jwks(KEY_B);
    cache.refreshNow(URL);
    assertThat(vanished).containsExactly(URL);
    cache.refreshNow(URL);
    assertThat(vanished).hasSize(1);
  }

  @Test
  void refreshNowWhenKeyIsReplacedUnderItsKidThenListenerIsTold() throws Exception {
    cache.keys(SOURCE);
    answer = jwks(jwk("RSA/b", "\"kid\":\"a\""));
    cache.refreshNow(URL);
    assertThat(vanished).containsExactly(URL);
  }

  @Test
  void refreshNowWhenKeyIsAddedThenListenerIsNotTold() throws Exception {
    cache.keys(SOURCE);
    answer = jwks(KEY_A, KEY_B);
    cache.refreshNow(URL);
    assertThat(vanished).isEmpty();
  }

  @Test
  void statusWhenLoadedThenTellsTimesAndKeys() throws Exception {
    answer = jwks(KEY_A, "{\"kty\":\"oct\"}");
    assertThat(cache.status(URL).lastSuccess()).isNull();
    assertThat(cache.status(URL).nextRefresh()).isNull();
    cache.keys(SOURCE);
    JwksStatus status = cache.status(URL);
    assertThat(status.lastSuccess()).isEqualTo(START);
    assertThat(status.lastError()).isNull();
    assertThat(status.nextRefresh()).isEqualTo(START.plus(Duration.ofMinutes(5)));
    assertThat(status.ignored()).containsEntry("symmetric key", 1);
  }

  @Test
  void maintainWhenDueThenRefreshesAndForgetsTheRest() throws Exception {
    cache.maintain(Set.of(URL));
    assertThat(fetches).isEqualTo(1);
    cache.maintain(Set.of(URL));
    assertThat(fetches).isEqualTo(1);
    pass(Duration.ofMinutes(5));
    cache.maintain(Set.of(URL));
    assertThat(fetches).isEqualTo(2);
    cache.maintain(Set.of());
    assertThat(cache.status(URL).lastSuccess()).isNull();
  }

  @Test
  void keysWhenManyCallersLoadAtOnceThenOneFetch() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger concurrent = new AtomicInteger();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      JwksFetcher slow =
          _ -> {
            concurrent.incrementAndGet();
            return awaited(gate, answer);
          };
      var shared =
          new JwksCache(
              new JwksCache.Machinery(slow, pool, () -> 0, Clock.systemUTC()), vanished::add);
      List<Future<KeySet>> loads = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Callable<KeySet> load = () -> shared.keys(SOURCE);
        loads.add(pool.submit(load));
      }
      gate.countDown();
      for (Future<KeySet> load : loads) {
        assertThat(load.get(10, TimeUnit.SECONDS).keyIds()).containsExactly("a");
      }
      assertThat(concurrent).hasValue(1);
    }
  }

  private static String awaited(CountDownLatch gate, String answer)
      throws JwksUnavailableException {
    try {
      assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JwksUnavailableException("interrupted");
    }
  }

  private KeyChoice choose(String kid) throws JwksUnavailableException {
    return cache.choose(SOURCE, kid, SigningAlgorithm.RS256);
  }

  private void pass(Duration time) {
    elapsed = elapsed.plus(time);
  }
}
