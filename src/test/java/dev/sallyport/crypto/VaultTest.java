package dev.sallyport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
  private static final String OLD = key(1);
  private static final String NEW = key(2);
  private static final Vault.Place PLACE = new Vault.Place("key_ring", "key_1", "material");
  private static final Secret SECRET = new Secret("päss");

  private static String key(int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Vault vault(String keys) {
    return new Vault(new Secret(keys));
  }

  @Test
  void decryptWhenPlaceAndKeyAreRightThenTheSecret() {
    String sealed = vault(OLD).encrypt(SECRET, PLACE);
    assertThat(vault(OLD).decrypt(sealed, PLACE)).isEqualTo(SECRET);
  }

  @Test
  void encryptWhenTwiceThenDiffers() {
    assertThat(vault(OLD).encrypt(SECRET, PLACE)).isNotEqualTo(vault(OLD).encrypt(SECRET, PLACE));
  }

  @Test
  void currentPrefixThenTellsTheEncryptingKey() {
    Vault both = vault(NEW + "," + OLD);
    assertThat(both.hasOldKeys()).isTrue();
    assertThat(vault(NEW).hasOldKeys()).isFalse();
    assertThat(both.encrypt(SECRET, PLACE)).startsWith(both.currentPrefix());
    assertThat(vault(OLD).encrypt(SECRET, PLACE)).doesNotStartWith(both.currentPrefix());
  }

  @Test
  void decryptWhenMovedElsewhereThenFails() {
    String sealed = vault(OLD).encrypt(SECRET, PLACE);
    assertFails(OLD, sealed, new Vault.Place("other", "key_1", "material"));
    assertFails(OLD, sealed, new Vault.Place("key_ring", "key_2", "material"));
    assertFails(OLD, sealed, new Vault.Place("key_ring", "key_1", "other"));
    assertFails(OLD, sealed, new Vault.Place("key_rin", "gkey_1", "material"));
  }

  private static void assertFails(String keys, String sealed, Vault.Place place) {
    assertThatThrownBy(() -> vault(keys).decrypt(sealed, place))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("can't decrypt");
  }

  @Test
  void decryptWhenTheKeyIsMissingThenNamesIt() throws NoSuchAlgorithmException {
    String sealed = vault(OLD).encrypt(SECRET, PLACE);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(OLD));

    assertThatThrownBy(() -> vault(NEW).decrypt(sealed, PLACE))
        .hasMessageContaining(
            "SALLYPORT_MASTER_KEY lacks the key " + HexFormat.of().formatHex(hash, 0, 4));
  }

  @Test
  void decryptWhenChangedThenFails() {
    byte[] bytes = Base64.getDecoder().decode(vault(OLD).encrypt(SECRET, PLACE));
    bytes[bytes.length - 1] ^= 1;
    assertFails(OLD, Base64.getEncoder().encodeToString(bytes), PLACE);
  }

  @Test
  void decryptWhenKeyWasRotatedThenOldAndNewOpen() {
    String before = vault(OLD).encrypt(SECRET, PLACE);
    Vault both = vault(NEW + ", " + OLD);
    String after = both.encrypt(SECRET, PLACE);
    assertThat(both.decrypt(before, PLACE)).isEqualTo(SECRET);
    assertThat(vault(NEW).decrypt(after, PLACE)).isEqualTo(SECRET);
    assertFails(NEW, before, PLACE);
    assertFails(OLD, after, PLACE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no base64!", "c2hvcnQ="})
  void newWhenKeyIsBadThenSaysHowToMakeOne(String key) {
    assertThatThrownBy(() -> vault(key))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SALLYPORT_MASTER_KEY: each key is 32 bytes in base64")
        .hasMessageContaining("openssl rand -base64 32");
  }

  @Test
  void newWhenAKeyStandsTwiceThenSaysWhich() {
    assertThatThrownBy(() -> vault(OLD + "," + NEW + "," + OLD))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("SALLYPORT_MASTER_KEY: key 3 is the same as one before it");
  }

  @Test
  void decryptWhenNoBase64ThenFails() {
    assertFails(OLD, "no base64!", PLACE);
    assertFails(OLD, "", PLACE);
  }

  @Test
  void newWhenSecondKeyIsBadThenRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> vault(OLD + ",dG9vLXNob3J0"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("dG9vLXNob3J0");
  }
}
