package dev.sallyport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class TokenHashTest {
  // FIPS 180-4: SHA-256 of "abc".
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void ofWhenTextIsKnownThenSha256() {
    assertThat(TokenHash.of("abc").hex()).isEqualTo(ABC);
    assertThat(TokenHash.ofHex(ABC)).isEqualTo(TokenHash.of("abc"));
  }

  @Test
  void bytesWhenReadBackThenTheSame() {
    TokenHash hash = TokenHash.of("abc");
    assertThat(hash.bytes()).hasSize(32);
    assertThat(TokenHash.ofBytes(hash.bytes())).isEqualTo(hash).hasSameHashCodeAs(hash);
  }

  @Test
  void ofWhenDigestIsReusedThenTheSame() {
    MessageDigest digest = TokenHash.sha256();
    TokenHash.of("first", digest);
    assertThat(TokenHash.of("abc", digest)).isEqualTo(TokenHash.of("abc"));
  }

  @Test
  void equalsWhenOneBitDiffersThenNot() {
    byte[] bytes = TokenHash.of("abc").bytes();
    for (int place : new int[] {0, 8, 16, 31}) {
      byte[] other = bytes.clone();
      other[place] ^= 1;
      assertThat(TokenHash.ofBytes(other)).isNotEqualTo(TokenHash.ofBytes(bytes));
    }
  }

  @Test
  void toStringThenEightCharacters() {
    assertThat(TokenHash.of("abc")).hasToString("ba7816bf");
  }

  @Test
  void ofBytesWhenLengthDiffersThenRefused() {
    assertThatThrownBy(() -> TokenHash.ofBytes(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TokenHash.ofHex("ab")).isInstanceOf(IllegalArgumentException.class);
  }
}
