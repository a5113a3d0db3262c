package dev.sallyport.persistence;

import dev.sallyport.fuzz.Holds;
import dev.sallyport.problem.SallyportException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A cursor is of this list, or the answer is that it is not.
public final class CursorFuzz {
  private CursorFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    decode(new String(input, StandardCharsets.ISO_8859_1));
    decode(Base64.getUrlEncoder().withoutPadding().encodeToString(input));
  }

  private static void decode(String text) {
    try {
      Cursor cursor = Cursor.decode(text, 2);
      if (cursor != null) {
        Holds.that(cursor.values().size() == 2, "two values");
        Holds.that(cursor.equals(Cursor.decode(cursor.encode(), 2)), "written and read again");
      }
    } catch (SallyportException refusal) {
      Holds.that(refusal.type().status() == 400, "a refusal");
    }
  }
}
