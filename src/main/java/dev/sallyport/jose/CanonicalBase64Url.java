package dev.sallyport.jose;

import java.util.Arrays;
import java.util.Base64;

/// Base64url with exactly one spelling per value (RFC 7515 section 2, RFC 4648 section 3.5).
/// Lenient decoders would let one token travel under many texts, and so under many hashes.
final class CanonicalBase64Url {
  private static final byte[] SIX_BITS = new byte[128];

  static {
    Arrays.fill(SIX_BITS, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < alphabet.length(); i++) {
      SIX_BITS[alphabet.charAt(i)] = (byte) i;
    }
  }

  private CanonicalBase64Url() {}

  static boolean isCanonical(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128 || SIX_BITS[c] < 0) {
        return false;
      }
    }
    return !text.isEmpty() && hasNoStrayBits(text);
  }

  private static boolean hasNoStrayBits(String text) {
    int last = SIX_BITS[text.charAt(text.length() - 1)];
    return switch (text.length() % 4) {
      case 0 -> true;
      case 2 -> (last & 0b1111) == 0;
      case 3 -> (last & 0b11) == 0;
      default -> false;
    };
  }

  /// Decodes a text that [#isCanonical] has accepted.
  static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
