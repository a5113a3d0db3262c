package dev.sallyport.jose;

import static dev.sallyport.jose.SigningKeys.jwk;
import static dev.sallyport.jose.SigningKeys.jwks;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JwksRefreshTest extends JwksCacheFixture {
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
        assertThat(load.get(60, TimeUnit.SECONDS).keyIds()).containsExactly("a");
      }
      assertThat(concurrent).hasValue(1);
    }
  }

  private static String awaited(CountDownLatch gate, String answer)
      throws JwksUnavailableException {
    try {
      assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JwksUnavailableException("interrupted");
    }
  }
}
