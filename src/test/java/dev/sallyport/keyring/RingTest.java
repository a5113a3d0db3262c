package dev.sallyport.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.keyring.RingKey.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration RETENTION = Duration.ofHours(24);

  private final RingKey next = key("next", NOW.plusSeconds(60), null);
  private final RingKey active = key("active", NOW.minusSeconds(3_600), NOW.plusSeconds(60));
  private final RingKey retired = key("retired", NOW.minusSeconds(7_200), NOW.minusSeconds(3_600));
  private final RingKey gone =
      key("gone", NOW.minus(RETENTION).minusSeconds(9), NOW.minus(RETENTION));
  private final Ring ring = new Ring(List.of(next, active, retired, gone), RETENTION);

  private static RingKey key(String id, Instant from, Instant retiredAt) {
    return new RingKey(id, new Secret(id), from, from, retiredAt);
  }

  @Test
  void signingWhenNextOneIsPublishedThenThePresentOneStill() {
    assertThat(ring.signing(NOW)).isEqualTo(active);
    assertThat(ring.signing(NOW.plusSeconds(59))).isEqualTo(active);
    assertThat(ring.signing(NOW.plusSeconds(60))).isEqualTo(next);
  }

  @Test
  void signingWhenClockLagsBehindTheFirstKeyThenThatKey() {
    assertThat(ring.signing(Instant.EPOCH)).isEqualTo(gone);
  }

  @Test
  void verifyingWhenRetentionIsNotOverThenFound() {
    assertThat(ring.verifying("next", NOW)).contains(next);
    assertThat(ring.verifying("active", NOW)).contains(active);
    assertThat(ring.verifying("retired", NOW)).contains(retired);
  }

  @Test
  void verifyingWhenRetentionIsOverOrKeyIsUnknownThenEmpty() {
    assertThat(ring.verifying("gone", NOW)).isEmpty();
    assertThat(ring.verifying("gone", NOW.minusMillis(1))).contains(gone);
    assertThat(ring.verifying("other", NOW)).isEmpty();
  }

  @Test
  void materialsThenSigningOneFirstAndNoneThatIsGone() {
    assertThat(ring.materials(NOW))
        .extracting(Secret::reveal)
        .containsExactly("active", "next", "retired");
  }

  @Test
  void stateThenFollowsTheTime() {
    assertThat(next.state(NOW)).isEqualTo(State.NEXT);
    assertThat(active.state(NOW)).isEqualTo(State.ACTIVE);
    assertThat(active.state(NOW.plusSeconds(60))).isEqualTo(State.RETIRED);
    assertThat(retired.state(NOW)).isEqualTo(State.RETIRED);
  }
}
