package dev.sallyport.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/// A chain of SHA-256 hashes over texts: whoever knows its last hash notices every change, removal
/// and insertion before it. Leaves and links begin with different bytes, so that neither can pass
/// for the other. Hashes are 64 hexadecimal digits.
public final class HashChain {
  /// The hash before the first link.
  public static final String START = "0".repeat(64);

  private static final byte LEAF = 0;
  private static final byte LINK = 1;
  private static final HexFormat HEX = HexFormat.of();

  private HashChain() {}

  /// The hash of one text, as UTF-8.
  public static String leaf(String text) {
    MessageDigest digest = TokenHash.sha256();
    digest.update(LEAF);
    return HEX.formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// The hash of the chain behind a leaf.
  public static String link(String previous, String leaf) {
    MessageDigest digest = TokenHash.sha256();
    digest.update(LINK);
    digest.update(HEX.parseHex(previous));
    return HEX.formatHex(digest.digest(HEX.parseHex(leaf)));
  }
}
