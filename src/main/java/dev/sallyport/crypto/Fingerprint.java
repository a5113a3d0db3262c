package dev.sallyport.crypto;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// SHA-256 of a text that is no secret, for comparing what is too long to keep.
public final class Fingerprint {
  private Fingerprint() {}

  /// 64 hexadecimal digits.
  public static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(TokenHash.sha256().digest(bytes));
  }
}
