package dev.sallyport.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of a token's text: the only trace of a token that is stored or logged, and the key of
/// every lookup. Kept as four longs, so that a warm call compares without allocation.
public record TokenHash(long a, long b, long c, long d) {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  public static TokenHash of(String token) {
    return of(token, sha256());
  }

  /// The same with a digest that the caller keeps, one per thread.
  public static TokenHash of(String token, MessageDigest digest) {
    return ofBytes(digest.digest(token.getBytes(StandardCharsets.ISO_8859_1)));
  }

  public static TokenHash ofBytes(byte[] hash) {
    if (hash.length != 32) {
      throw new IllegalArgumentException("a token hash has 32 bytes");
    }
    return new TokenHash(
        (long) LONGS.get(hash, 0),
        (long) LONGS.get(hash, 8),
        (long) LONGS.get(hash, 16),
        (long) LONGS.get(hash, 24));
  }

  /// Parses 64 hexadecimal digits.
  public static TokenHash ofHex(String hex) {
    return ofBytes(HexFormat.of().parseHex(hex));
  }

  public byte[] bytes() {
    byte[] bytes = new byte[32];
    LONGS.set(bytes, 0, a);
    LONGS.set(bytes, 8, b);
    LONGS.set(bytes, 16, c);
    LONGS.set(bytes, 24, d);
    return bytes;
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  /// Whether both are the same, in the same time wherever they differ.
  public boolean isSame(TokenHash other) {
    return ((a ^ other.a) | (b ^ other.b) | (c ^ other.c) | (d ^ other.d)) == 0;
  }

  /// A digest for [#of(String, MessageDigest)].
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int hashCode() {
    return (int) (a ^ (a >>> 32));
  }

  @Override
  public String toString() {
    return hex().substring(0, 8);
  }
}
