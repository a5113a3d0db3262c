package dev.sallyport.jose;

import dev.sallyport.fuzz.Holds;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A text is a token with one reading, or it is refused without being quoted.
public final class TokenSyntaxFuzz {
  private static final int TELLING = 12;

  private TokenSyntaxFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String raw = new String(input, StandardCharsets.ISO_8859_1);
    read(raw);
    // Most texts are refused for their letters; these come further.
    String part = Base64.getUrlEncoder().withoutPadding().encodeToString(input);
    read("eyJhbGciOiJSUzI1NiJ9." + part + ".AAAA");
    read(part + ".eyJpc3MiOiJhIn0.AAAA");
  }

  private static void read(String raw) {
    switch (TokenSyntax.read(raw)) {
      case TokenSyntax.Parsed parsed -> {
        String[] parts = raw.split("\\.", -1);
        Holds.that(parts.length == 3, "three parts");
        for (String part : parts) {
          byte[] bytes = Base64.getUrlDecoder().decode(part);
          String again = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
          Holds.that(again.equals(part), "canonical letters");
        }
        Holds.that(!parsed.toString().contains(parts[2]) || parts[2].length() < TELLING, "silent");
      }
      case TokenSyntax.Refused refused ->
          Holds.that(
              raw.length() < TELLING || !refused.detail().contains(raw), "no quote of the text");
    }
  }
}
