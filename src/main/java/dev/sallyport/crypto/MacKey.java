package dev.sallyport.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key that vouches for texts (HMAC-SHA256, RFC 2104). The length of each text stands before it,
/// so that no letter can move from one to the next without changing the result.
public final class MacKey {
  /// How many bytes a MAC has.
  public static final int LENGTH = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /// Takes a key that [#newKey] made.
  public MacKey(Secret key) {
    byte[] bytes = Base64.getDecoder().decode(key.reveal());
    if (bytes.length != LENGTH) {
      throw new IllegalStateException("a key of this server is broken");
    }
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  public static Secret newKey() {
    return new Secret(Base64.getEncoder().encodeToString(RandomTokens.bytes(LENGTH)));
  }

  public byte[] sign(String... texts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (String text : texts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        mac.update(bytes);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a text can't be signed", e);
    }
  }

  /// Whether this key vouched for these texts; takes the same time for every wrong answer.
  public boolean verifies(byte[] mac, String... texts) {
    return MessageDigest.isEqual(sign(texts), mac);
  }
}
