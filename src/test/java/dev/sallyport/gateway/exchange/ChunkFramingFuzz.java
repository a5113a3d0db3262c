package dev.sallyport.gateway.exchange;

import dev.sallyport.fuzz.Holds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A body has one end and one content, however it comes in pieces, and what is read of it without
/// any data has a bound.
public final class ChunkFramingFuzz {
  private static final int MOST = ChunkFraming.MOST_OF_A_LINE + ChunkFraming.MOST_OF_TRAILERS + 16;

  private ChunkFramingFuzz() {}

  private record Outcome(String data, int end, boolean isBroken) {}

  public static void fuzzerTestOneInput(byte[] input) {
    Outcome whole = read(input, Math.max(1, input.length));
    Outcome byLetters = read(input, 1);
    Holds.that(whole.isBroken == byLetters.isBroken, "one verdict");
    if (!whole.isBroken) {
      Holds.that(whole.equals(byLetters), "one reading");
    }
  }

  private static Outcome read(byte[] input, int step) {
    ChunkFraming framing = new ChunkFraming();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int at = 0;
    int silent = 0;
    try {
      while (at < input.length && !framing.isOver()) {
        ByteBuffer part = ByteBuffer.wrap(input, at, Math.min(step, input.length - at));
        int begin = part.position();
        framing.read(part);
        silent += part.position() - begin;
        Holds.that(silent <= MOST, "an end of what is no data");
        int most = (int) Math.min(framing.remaining(), part.remaining());
        if (most > 0) {
          data.write(input, part.position(), most);
          part.position(part.position() + most);
          framing.taken(most);
          silent = 0;
        }
        at = part.position();
      }
      return new Outcome(data.toString(java.nio.charset.StandardCharsets.ISO_8859_1), at, false);
    } catch (IOException e) {
      return new Outcome("", 0, true);
    }
  }
}
