package dev.sallyport.consolesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.crypto.MacKey;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.keyring.RingKey;
import dev.sallyport.keyring.Rings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedValuesTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final Rings stored = new Rings();
  private final RingKey key = stored.add(NOW.minusSeconds(60), null);
  private final String id = RandomTokens.id("ses-");
  private final SignedValues values = valuesAt(NOW);

  private SignedValues valuesAt(Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    SignedValues made = new SignedValues();
    made.clock = clock;
    made.keys = stored.node(clock);
    return made;
  }

  private void assertRefused(String value) {
    assertThat(values.verify("ses-", new Secret(value))).isEmpty();
  }

  private String[] parts() {
    return values.sign(id).reveal().split("\\.");
  }

  @Test
  void verifyWhenSignedHereThenTheId() {
    Secret value = values.sign(id);

    assertThat(value.reveal()).startsWith("v1." + id + "." + key.id() + ".");
    assertThat(values.verify("ses-", value)).contains(id);
  }

  @Test
  void verifyWhenMacIsChangedThenRefused() {
    String[] parts = parts();
    byte[] mac = Base64.getUrlDecoder().decode(parts[3]);
    mac[0] ^= 1;
    String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(mac);

    assertRefused(String.join(".", parts[0], parts[1], parts[2], changed));
  }

  @Test
  void verifyWhenIdIsAnotherThenRefused() {
    String[] parts = parts();

    assertRefused(String.join(".", "v1", RandomTokens.id("ses-"), parts[2], parts[3]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2", "V1", "", "v", "v1 "})
  void verifyWhenVersionIsAnotherThenRefused(String version) {
    String[] parts = parts();

    assertRefused(String.join(".", version, parts[1], parts[2], parts[3]));
  }

  @Test
  void verifyWhenKeyIsUnknownThenRefused() {
    String[] parts = parts();

    assertRefused(String.join(".", "v1", id, RandomTokens.id("key_"), parts[3]));
    assertRefused(String.join(".", "v1", id, "", parts[3]));
  }

  @Test
  void standingWhenSignedHereThenOurs() {
    assertThat(values.standing("ses-", values.sign(id))).isEqualTo(SignedValues.Standing.OURS);
  }

  @Test
  void standingWhenTheIdIsAnotherOrTheFormIsWrongThenMadeUp() {
    String[] parts = parts();
    String other = String.join(".", "v1", RandomTokens.id("ses-"), parts[2], parts[3]);

    assertThat(values.standing("ses-", new Secret(other))).isEqualTo(SignedValues.Standing.MADE_UP);
    assertThat(values.standing("app-", values.sign(id))).isEqualTo(SignedValues.Standing.MADE_UP);
    assertThat(values.standing("ses-", new Secret("x"))).isEqualTo(SignedValues.Standing.MADE_UP);
  }

  @Test
  void standingWhenAnotherNodeHasMadeTheKeyThenUnknownUntilItIsLookedUp() {
    SignedValues here = valuesAt(NOW);
    stored.add(NOW.minusSeconds(1), null);
    Secret there = valuesAt(NOW).sign(id);

    assertThat(here.standing("ses-", there)).isEqualTo(SignedValues.Standing.KEY_UNKNOWN);
    assertThat(here.verify("ses-", there)).contains(id);
    assertThat(here.standing("ses-", there)).isEqualTo(SignedValues.Standing.OURS);
  }

  @Test
  void verifyWhenKeyIsAnotherOfTheRingThenRefused() {
    String[] parts = parts();
    RingKey other = stored.add(NOW.minusSeconds(30), null);

    assertRefused(String.join(".", "v1", id, other.id(), parts[3]));
  }

  @Test
  void verifyWhenKeyIsRetiredThenGoodUntilRetentionEnds() {
    Instant retired = NOW.plusSeconds(60);
    Secret value = new Secret(signedWith(stored.add(NOW.minusSeconds(30), retired)));
    stored.add(retired, null);

    Instant end = retired.plus(Duration.ofHours(24));
    assertThat(valuesAt(end.minusSeconds(1)).verify("ses-", value)).contains(id);
    assertThat(valuesAt(end).verify("ses-", value)).isEmpty();
  }

  private String signedWith(RingKey signer) {
    byte[] mac = new MacKey(signer.material()).sign(id, signer.id());
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    return String.join(".", "v1", id, signer.id(), text);
  }

  @Test
  void signWhenKeyIsReplacedThenTheNewOneSigns() {
    RingKey next = stored.add(NOW, null);

    assertThat(valuesAt(NOW).sign(id).reveal()).contains("." + next.id() + ".");
  }

  @Test
  void verifyWhenLettersMoveOverTheBoundaryThenRefused() {
    String[] parts = parts();
    String moved = id.substring(0, id.length() - 1);
    String keyId = id.substring(id.length() - 1) + parts[2];

    assertRefused(String.join(".", "v1", moved, keyId, parts[3]));
  }

  @Test
  void verifyWhenPrefixIsThatOfAnotherGateThenRefused() {
    Secret preLogin = values.sign(RandomTokens.id("pl-"));

    assertThat(values.verify("pl-", preLogin)).isPresent();
    assertThat(values.verify("ses-", preLogin)).isEmpty();
    assertThat(values.verify("pl-", values.sign(id))).isEmpty();
  }

  @Test
  void verifyWhenShapeIsWrongThenRefused() {
    String[] parts = parts();
    String good = String.join(".", parts);

    assertRefused("");
    assertRefused("v1");
    assertRefused(String.join(".", parts[0], parts[1], parts[2]));
    assertRefused(good + ".x");
    assertRefused(good + ".");
    assertRefused(good.substring(0, good.length() - 2));
    assertRefused(good + "AA");
    assertRefused(good + "=");
    assertRefused(good.substring(0, good.length() - 1) + "!");
    assertRefused("v1." + id.substring(4) + "." + parts[2] + "." + parts[3]);
    assertRefused(good + "A".repeat(5_000));
  }

  @Test
  void verifyWhenMacIsNotInItsCanonicalFormThenRefused() {
    String good = values.sign(id).reveal();
    char last = good.charAt(good.length() - 1);
    // 43 letters hold 258 bits; the two lowest of the last one belong to no byte.
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char twin = letters.charAt(letters.indexOf(last) ^ 1);

    assertRefused(good.substring(0, good.length() - 1) + twin);
  }

  @Test
  void signWhenIdHasNoPrefixThenRefused() {
    assertThatThrownBy(() -> values.sign("abc")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> values.sign("ses-a.b")).isInstanceOf(IllegalArgumentException.class);
  }
}
