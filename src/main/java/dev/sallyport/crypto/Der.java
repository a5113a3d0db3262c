package dev.sallyport.crypto;

import java.io.ByteArrayOutputStream;
import java.security.PublicKey;
import java.util.Arrays;

/// The little of DER (X.690) that a key needs to get from an old wrapping into today's.
final class Der {
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final byte[] VERSION = {0x02, 0x01, 0x00};

  private Der() {}

  /// PKCS #8 (RFC 5208 section 5) around a bare key. Which algorithm and curve it is, its public
  /// key says in the same words.
  static byte[] pkcs8(byte[] key, PublicKey other) {
    var content = new ByteArrayOutputStream();
    content.writeBytes(VERSION);
    content.writeBytes(first(other.getEncoded()));
    content.writeBytes(element(OCTETS, key));
    return element(SEQUENCE, content.toByteArray());
  }

  /// The first element within a sequence, whole.
  private static byte[] first(byte[] sequence) {
    int begin = 1 + lengthSize(sequence, 1);
    int size = 1 + lengthSize(sequence, begin + 1) + length(sequence, begin + 1);
    return Arrays.copyOfRange(sequence, begin, begin + size);
  }

  private static int lengthSize(byte[] der, int at) {
    int head = der[at] & 0xff;
    return head < 0x80 ? 1 : 1 + (head & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int head = der[at] & 0xff;
    int length = head < 0x80 ? head : 0;
    for (int i = 1; i < lengthSize(der, at); i++) {
      length = (length << 8) | (der[at + i] & 0xff);
    }
    return length;
  }

  private static byte[] element(int tag, byte[] content) {
    var element = new ByteArrayOutputStream();
    element.write(tag);
    if (content.length < 0x80) {
      element.write(content.length);
    } else {
      int bytes = content.length < 0x100 ? 1 : 2;
      element.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        element.write(content.length >> (8 * i));
      }
    }
    element.writeBytes(content);
    return element.toByteArray();
  }
}
