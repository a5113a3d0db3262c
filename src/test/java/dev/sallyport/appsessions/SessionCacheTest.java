package dev.sallyport.appsessions;

import static dev.sallyport.appsessions.SessionFixture.MILLIS;
import static dev.sallyport.appsessions.SessionFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.TrustFixture;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.FeedReset;
import dev.sallyport.crypto.TokenHash;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionCacheTest {
  private final AppTrust trust = TrustFixture.trust("wiki");
  private final SessionCache cache = new SessionCache();

  private LiveToken put(String token, String session) {
    return cache.put(trust, SessionFixture.token(token), SessionFixture.details(session));
  }

  private LiveToken find(String token) {
    return cache.find("app_wiki", TokenHash.of(token));
  }

  @Test
  void findWhenPutThenTheSameToken() {
    LiveToken token = put("t", "aas_1");
    assertThat(find("t")).isSameAs(token);
    assertThat(token.isUsable(trust, MILLIS)).isTrue();
  }

  @Test
  void findWhenOtherTokenOrAppThenNothing() {
    put("t", "aas_1");
    assertThat(find("other")).isNull();
    assertThat(cache.find("app_shop", TokenHash.of("t"))).isNull();
  }

  @Test
  void putWhenTokensShareASessionThenOneInstance() {
    assertThat(put("t1", "aas_1").session()).isSameAs(put("t2", "aas_1").session());
    assertThat(put("t1", "aas_1").session()).isNotSameAs(put("t3", "aas_2").session());
  }

  @Test
  void putWhenDetailsAreNewerThenMerged() {
    LiveToken token = put("t1", "aas_1");
    cache.put(
        trust,
        SessionFixture.token("t2"),
        SessionFixture.details(
            "aas_1", NOW.plus(Duration.ofHours(3)), NOW.plus(Duration.ofHours(1))));
    assertThat(token.session().expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(3)));
  }

  @Test
  void applyWhenSessionEndedThenItsTokensOpenNothingAndCallsAreCut() {
    LiveToken first = put("t1", "aas_1");
    LiveToken second = put("t2", "aas_1");
    LiveToken other = put("t3", "aas_2");
    var cuts = new AtomicInteger();
    first.session().begin(cuts::incrementAndGet);
    other.session().begin(() -> cuts.addAndGet(100));
    cache.apply(new Change(Change.Kind.SESSION_ENDED, "aas_1"));
    assertThat(cuts).hasValue(1);
    assertThat(first.isUsable(trust, MILLIS)).isFalse();
    assertThat(second.isUsable(trust, MILLIS)).isFalse();
    assertThat(other.isUsable(trust, MILLIS)).isTrue();
  }

  @Test
  void applyWhenTheSameAgainOrUnknownThenNothingMore() {
    LiveToken token = put("t", "aas_1");
    Change change = new Change(Change.Kind.SESSION_ENDED, "aas_1");
    cache.apply(change);
    cache.apply(change);
    cache.apply(new Change(Change.Kind.SESSION_ENDED, "aas_unknown"));
    assertThat(token.session().isEnded()).isTrue();
  }

  @Test
  void applyWhenSomethingElseChangedThenSessionsLive() {
    LiveToken token = put("t", "aas_1");
    cache.apply(new Change(Change.Kind.APP, "aas_1"));
    assertThat(token.isUsable(trust, MILLIS)).isTrue();
  }

  @Test
  void putWhenSessionEndedWhileLoadingThenComesDead() {
    cache.end("aas_1", EndReason.REVOKED);
    LiveToken late = put("t", "aas_1");
    assertThat(late.session().isEnded()).isTrue();
    assertThat(late.isUsable(trust, MILLIS)).isFalse();
  }

  @Test
  void resetThenNothingIsRememberedAndStreamsAreCut() {
    LiveToken token = put("t", "aas_1");
    var cuts = new AtomicInteger();
    token.session().begin(cuts::incrementAndGet);
    cache.reset(new FeedReset());
    assertThat(find("t")).isNull();
    assertThat(cuts).hasValue(1);
  }

  @Test
  void touchWhenSeveralTimesThenTakenOnce() {
    LiveSession first = put("t1", "aas_1").session();
    LiveSession second = put("t2", "aas_2").session();
    cache.touch(first, MILLIS);
    cache.touch(first, MILLIS + 1);
    cache.touch(second, MILLIS);
    assertThat(cache.takeUnwritten().toList()).containsExactly(first, second);
    assertThat(cache.takeUnwritten().toList()).isEmpty();
  }
}
