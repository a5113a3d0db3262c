package dev.sallyport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MacKeyTest {
  private final MacKey key = new MacKey(MacKey.newKey());

  @Test
  void signWhenKeyAndTextAreKnownThenTheKnownMac() {
    byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    MacKey known = new MacKey(new Secret(Base64.getEncoder().encodeToString(secret)));

    // printf '2:ab1:c' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    assertThat(HexFormat.of().formatHex(known.sign("ab", "c")))
        .isEqualTo("a1a22d593090cd65b0e41a55eeed5d1f2ab13a7357116c4e299eb8740d495cb6");
  }

  @Test
  void signWhenLettersMoveBetweenTextsThenOther() {
    assertThat(key.sign("ab", "c")).isNotEqualTo(key.sign("a", "bc"));
    assertThat(key.sign("abc")).isNotEqualTo(key.sign("ab", "c"));
    assertThat(key.sign("a", "")).isNotEqualTo(key.sign("", "a"));
  }

  @Test
  void verifiesWhenItSignedThenAndOnlyThen() {
    byte[] mac = key.sign("a", "b");

    assertThat(key.verifies(mac, "a", "b")).isTrue();
    assertThat(key.verifies(mac, "a", "c")).isFalse();
    assertThat(new MacKey(MacKey.newKey()).verifies(mac, "a", "b")).isFalse();
    mac[31] ^= 1;
    assertThat(key.verifies(mac, "a", "b")).isFalse();
  }

  @Test
  void newWhenKeyIsShortThenRefused() {
    assertThatThrownBy(() -> new MacKey(new Secret("AAAA")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("AAAA");
  }
}
