package dev.sallyport.consolesessions;

import dev.sallyport.consolesessions.signin.ReturnPath;
import dev.sallyport.fuzz.Holds;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Whatever page is wanted, a browser stays on this site.
public final class ReturnPathFuzz {
  private static final URI SITE = URI.create("https://gw.example/auth/sign-in");

  private ReturnPathFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String path = ReturnPath.of(new String(input, StandardCharsets.ISO_8859_1)).value();
    Holds.that(path.startsWith("/") && !path.startsWith("//"), "a path");
    Holds.that(path.indexOf('\\') < 0 && path.chars().allMatch(c -> c > ' ' && c < 0x7f), "plain");
    try {
      Holds.that("gw.example".equals(SITE.resolve(path).getHost()), "this site");
    } catch (IllegalArgumentException e) {
      // A stray % is no URI; browsers take it for a letter of the path.
    }
  }
}
