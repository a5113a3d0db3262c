package dev.sallyport.appsessions;

import static dev.sallyport.appsessions.SessionFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionDetailsTest {
  private final SessionDetails session =
      SessionFixture.details("aas_1", NOW.plus(Duration.ofMinutes(5)), NOW);

  @Test
  void isOverWhenExpiredOrIdleThenTrue() {
    assertThat(session.isOver(NOW.plusSeconds(299))).isFalse();
    assertThat(session.isOver(NOW.plusSeconds(300))).isTrue();
    assertThat(session.isIdle(NOW.plusSeconds(300))).isFalse();
    assertThat(session.isIdle(NOW.plusSeconds(600))).isTrue();
  }

  @Test
  void keyThenThatOfItsTokens() {
    assertThat(session.key()).isEqualTo(SessionKey.of("app_wiki", SessionFixture.token("t")));
  }

  @Test
  void callerNameWhenPersonOrAppDiffersThenDiffers() {
    SessionKey key = session.key();
    assertThat(key.callerName())
        .isEqualTo(new SessionKey("app_wiki", "i", "u-1", "client-1", "s", "a").callerName())
        .isNotEqualTo(new SessionKey("app_wik", "ii", "u-1", "client-1", null, null).callerName())
        .isNotEqualTo(new SessionKey("app_wiki", "i", "u-1", null, null, null).callerName());
  }
}
