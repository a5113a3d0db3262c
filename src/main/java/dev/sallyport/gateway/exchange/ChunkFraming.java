package dev.sallyport.gateway.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Where the chunks of a body begin and end, letter by letter as RFC 9112 section 7.1 writes them:
/// a server that forgives more would end a body elsewhere than the proxy before it. Extensions and
/// trailers are read over, and cost no memory.
final class ChunkFraming {
  static final int MOST_OF_A_LINE = 1024;
  static final int MOST_OF_TRAILERS = 8 * 1024;
  private static final int MOST_DIGITS = 15;
  private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

  private enum Place {
    SIZE,
    SPACE,
    EXTENSION,
    SIZE_END,
    DATA,
    DATA_RETURN,
    DATA_END,
    TRAILER,
    TRAILER_NAME,
    TRAILER_VALUE,
    TRAILER_END,
    LAST_END,
    OVER
  }

  private Place place = Place.SIZE;
  private long remaining;
  private int digits;
  private int line;
  private int trailers;

  /// How much of the present chunk's data is still to come.
  long remaining() {
    return place == Place.DATA ? remaining : 0;
  }

  boolean isOver() {
    return place == Place.OVER;
  }

  /// So much of the chunk's data has been taken.
  void taken(long count) {
    remaining -= count;
    if (remaining == 0) {
      place = Place.DATA_RETURN;
    }
  }

  /// Reads up to the next data, the end of the body, or of what is there.
  void read(ByteBuffer buffer) throws IOException {
    while (place != Place.DATA && place != Place.OVER && buffer.hasRemaining()) {
      Place next = next(buffer.get() & 0xff);
      if (next == null || line > MOST_OF_A_LINE || trailers > MOST_OF_TRAILERS) {
        throw new IOException("The chunks of a request are not framed as they should be.");
      }
      place = next;
    }
  }

  private @Nullable Place next(int c) {
    return switch (place) {
      case SIZE, SPACE, EXTENSION -> ofSize(c);
      case SIZE_END -> c == '\n' ? sized() : null;
      case DATA_RETURN -> c == '\r' ? Place.DATA_END : null;
      case DATA_END -> c == '\n' ? beginSize() : null;
      case TRAILER, TRAILER_NAME, TRAILER_VALUE -> ofTrailers(c);
      case TRAILER_END -> c == '\n' ? Place.TRAILER : null;
      case LAST_END -> c == '\n' ? Place.OVER : null;
      case DATA, OVER -> place;
    };
  }

  private Place beginSize() {
    remaining = 0;
    digits = 0;
    line = 0;
    return Place.SIZE;
  }

  private Place sized() {
    return remaining == 0 ? Place.TRAILER : Place.DATA;
  }

  private @Nullable Place ofSize(int c) {
    line++;
    int digit = place == Place.SIZE ? Character.digit(c, 16) : -1;
    if (digit >= 0 && c < 0x80) {
      remaining = remaining * 16 + digit;
      return ++digits <= MOST_DIGITS ? Place.SIZE : null;
    }
    if (digits == 0) {
      return null;
    }
    if (place == Place.EXTENSION) {
      return c == '\r' ? Place.SIZE_END : isText(c) ? Place.EXTENSION : null;
    }
    return switch (c) {
      case '\r' -> place == Place.SIZE ? Place.SIZE_END : null;
      case ' ', '\t' -> Place.SPACE;
      case ';' -> Place.EXTENSION;
      default -> null;
    };
  }

  private @Nullable Place ofTrailers(int c) {
    trailers++;
    if (place == Place.TRAILER_VALUE) {
      return c == '\r' ? Place.TRAILER_END : isText(c) ? Place.TRAILER_VALUE : null;
    }
    if (place == Place.TRAILER && c == '\r') {
      return Place.LAST_END;
    }
    if (place == Place.TRAILER_NAME && c == ':') {
      return Place.TRAILER_VALUE;
    }
    return isToken(c) ? Place.TRAILER_NAME : null;
  }

  private static boolean isText(int c) {
    return c == '\t' || (c >= ' ' && c != 0x7f);
  }

  private static boolean isToken(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || TOKEN_SIGNS.indexOf(c) >= 0;
  }
}
