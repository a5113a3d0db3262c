package dev.sallyport.appsessions;

import static dev.sallyport.appsessions.SessionFixture.MILLIS;
import static dev.sallyport.appsessions.SessionFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.TrustFixture;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveSessionTest {
  private static final long MINUTE = 60_000;
  private final LiveSession session = SessionFixture.session();

  @Test
  void isUsableWhenWithinItsTimesThenTrue() {
    assertThat(session.isUsable(MILLIS)).isTrue();
    assertThat(session.isUsable(MILLIS + 10 * MINUTE - 1)).isTrue();
  }

  @Test
  void isUsableWhenIdleThenFalseUntilUsed() {
    assertThat(session.isUsable(MILLIS + 10 * MINUTE)).isFalse();
    session.touch(MILLIS + 9 * MINUTE);
    assertThat(session.isUsable(MILLIS + 10 * MINUTE)).isTrue();
  }

  @Test
  void isUsableWhenExpiredThenFalseThoughUsed() {
    session.touch(MILLIS + 60 * MINUTE - 1);
    assertThat(session.isUsable(MILLIS + 60 * MINUTE - 1)).isTrue();
    assertThat(session.isUsable(MILLIS + 60 * MINUTE)).isFalse();
  }

  @Test
  void mergeWhenDatabaseKnowsLaterTimesThenTaken() {
    session.merge(
        SessionFixture.details(
            "aas_1", NOW.plus(Duration.ofHours(2)), NOW.plus(Duration.ofMinutes(65))));
    assertThat(session.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(2)));
    assertThat(session.isUsable(MILLIS + 70 * MINUTE)).isTrue();
  }

  @Test
  void mergeWhenDatabaseIsBehindThenKept() {
    session.touch(MILLIS + 9 * MINUTE);
    session.merge(SessionFixture.details("aas_1", NOW, NOW));
    assertThat(session.isUsable(MILLIS + 18 * MINUTE)).isTrue();
  }

  @Test
  void mergeWhenEndedThenStaysEnded() {
    session.end(EndReason.REVOKED);
    session.merge(SessionFixture.details("aas_1"));
    assertThat(session.isEnded()).isTrue();
    assertThat(session.isUsable(MILLIS)).isFalse();
  }

  @Test
  void endWhenCallsRunThenEachIsCut() {
    var cuts = new AtomicInteger();
    session.begin(cuts::incrementAndGet);
    session.begin(() -> cuts.addAndGet(10));
    session.end(EndReason.REVOKED);
    assertThat(cuts).hasValue(11);
  }

  @Test
  void endWhenCallHasFinishedThenNotCut() {
    var cuts = new AtomicInteger();
    LiveSession.RunningCall call = cuts::incrementAndGet;
    session.begin(call);
    assertThat(session.hasRunning()).isTrue();
    session.finish(call);
    assertThat(session.hasRunning()).isFalse();
    session.end(EndReason.REVOKED);
    assertThat(cuts).hasValue(0);
  }

  @Test
  void beginWhenSessionHasEndedThenSeenByLooking() {
    session.end(EndReason.REVOKED);
    session.begin(() -> {});
    assertThat(session.isEnded()).isTrue();
  }

  @Test
  void cutAllWhenCallsRunThenCutAndSessionLives() {
    var cuts = new AtomicInteger();
    session.begin(cuts::incrementAndGet);
    session.cutAll();
    assertThat(cuts).hasValue(1);
    assertThat(session.isUsable(MILLIS)).isTrue();
  }

  @Test
  void touchWhenCleanThenToBeWrittenOnce() {
    assertThat(session.touch(MILLIS + 1)).isTrue();
    assertThat(session.touch(MILLIS + 2)).isFalse();
    assertThat(session.takeActivity(MILLIS + 5))
        .isEqualTo(new ActivityStore.Activity("aas_1", MILLIS + 2, 2));
    assertThat(session.touch(MILLIS + 6)).isTrue();
  }

  @Test
  void takeActivityWhenAStreamRunsThenItCountsAsUse() {
    session.begin(() -> {});
    assertThat(session.takeActivity(MILLIS + 9 * MINUTE))
        .isEqualTo(new ActivityStore.Activity("aas_1", MILLIS + 9 * MINUTE, 0));
    assertThat(session.isUsable(MILLIS + 18 * MINUTE)).isTrue();
  }

  @Test
  void tokenWhenTrustOrTimesDifferThenNotUsable() {
    AppTrust trust = TrustFixture.trust("wiki");
    LiveToken token = new LiveToken(session, trust, SessionFixture.token("t"));
    session.touch(MILLIS + 29 * MINUTE);
    assertThat(token.isUsable(trust, MILLIS + 30 * MINUTE - 1)).isTrue();
    assertThat(token.isUsable(trust, MILLIS + 30 * MINUTE)).isFalse();
    assertThat(token.isUsable(TrustFixture.trust("wiki"), MILLIS)).isFalse();
    session.end(EndReason.REVOKED);
    assertThat(token.isUsable(trust, MILLIS)).isFalse();
  }

  @Test
  void assertionWhenPrintedThenRedacted() {
    assertThat(new LiveToken.UpstreamHeader("A", "eyJhbGci", 1, 2)).hasToString("[REDACTED]");
  }
}
