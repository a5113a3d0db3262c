package dev.sallyport.gateway.routes;

import dev.sallyport.fuzz.Holds;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A path that is not ambiguous has one reading, and is put together again as it was.
public final class AppPathFuzz {
  private AppPathFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String path = "/" + new String(input, StandardCharsets.ISO_8859_1);
    if (AppPath.fault(path) != null || path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
      return; // where a path ends was found before
    }
    for (String part : path.split("/", -1)) {
      Holds.that(!part.equals(".") && !part.equals(".."), "no dot segments");
    }
    Holds.that(path.chars().allMatch(c -> c > ' ' && c < 0x7f), "printable ASCII");
    AppPath app = AppPath.parse(path);
    if (app != null) {
      String rest = app.rest() == null ? "" : app.rest();
      String again = (app.isMcp() ? "/mcp/apps/" : "/apps/") + app.app() + rest;
      Holds.that(again.equals(path), "nothing lost");
      Holds.that(app.app().indexOf('/') < 0, "one segment");
    }
    normalised(path);
  }

  private static void normalised(String path) {
    try {
      String read = URI.create("http://h" + path).normalize().getRawPath();
      Holds.that(read.equals(path), "normal form");
    } catch (IllegalArgumentException e) {
      // Not every server's letters are a URI's; nothing here depends on it.
    }
  }
}
