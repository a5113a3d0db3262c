package dev.sallyport.crypto;

import java.security.SecureRandom;
import java.util.Base64;

/// The only source of randomness: ids (128 bits) and credentials (256 bits).
public final class RandomTokens {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private RandomTokens() {}

  /// An opaque id such as `app_3f…`: the prefix says what kind of thing it names.
  public static String id(String prefix) {
    return prefix + BASE64URL.encodeToString(bytes(16));
  }

  /// A credential of 256 bits with a recognisable prefix.
  public static Secret credential(String prefix) {
    return new Secret(prefix + BASE64URL.encodeToString(bytes(32)));
  }

  public static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
