package dev.sallyport.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.DatabaseReady;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SigningKeysTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final Rings stored = new Rings();

  @Test
  void verifyingWhenAnotherNodeMadeTheKeyThenLookedUp() {
    stored.add(NOW, null);
    SigningKeys node = stored.node(clock);
    RingKey fresh = stored.add(NOW, null);

    assertThat(node.verifying(KeyPurpose.CONSOLE_COOKIES, fresh.id())).contains(fresh);
  }

  @Test
  void verifyingWhenManyUnknownNamesComeThenTheDatabaseIsSpared() {
    stored.add(NOW, null);
    SigningKeys node = stored.node(clock);
    int before = stored.reads();

    for (int i = 0; i < 1_000; i++) {
      assertThat(node.verifying(KeyPurpose.CONSOLE_COOKIES, "key_" + i)).isEmpty();
    }

    // One look a second; a loop of a thousand takes less than a few.
    assertThat(stored.reads() - before).isBetween(1, 30);
  }

  @Test
  void changedWhenFeedTellsThenReadAgain() {
    stored.add(NOW.minusSeconds(60), null);
    SigningKeys node = stored.node(clock);
    RingKey fresh = stored.add(NOW, null);

    node.changed(new Change(Change.Kind.SIGNING_KEYS, "console-cookies"));

    assertThat(node.ring(KeyPurpose.CONSOLE_COOKIES).signing(NOW)).isEqualTo(fresh);
  }

  @Test
  void startFollowingWhenAKeyCameBeforeTheFeedThenKnown() {
    stored.add(NOW.minusSeconds(60), null);
    SigningKeys node = stored.node(clock);
    RingKey fresh = stored.add(NOW, null);

    node.startFollowing(new DatabaseReady());

    assertThat(node.ring(KeyPurpose.CONSOLE_COOKIES).signing(NOW)).isEqualTo(fresh);
  }
}
