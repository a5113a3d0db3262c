package dev.sallyport.gateway.routes;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a call goes: `/mcp/apps/{app}`, or `/apps/{app}/…` with the rest of the path. There is one
/// spelling of a path, the one that is also sent upstream: what could be read as another is
/// refused.
public record AppPath(String app, boolean isMcp, @Nullable String rest) {
  private static final String MCP = "/mcp/apps/";
  private static final String HTTP = "/apps/";

  /// Null when the path is no app's.
  public static @Nullable AppPath parse(String rawPath) {
    if (rawPath.startsWith(MCP)) {
      String app = rawPath.substring(MCP.length());
      return app.indexOf('/') < 0 ? new AppPath(app, true, null) : null;
    }
    if (!rawPath.startsWith(HTTP)) {
      return null;
    }
    int end = rawPath.indexOf('/', HTTP.length());
    return end < 0
        ? new AppPath(rawPath.substring(HTTP.length()), false, "")
        : new AppPath(rawPath.substring(HTTP.length(), end), false, rawPath.substring(end));
  }

  /// Why some server behind us could read the path in another way than we do; null when none
  /// could.
  public static @Nullable String fault(String rawPath) {
    if (!rawPath.startsWith("/") || rawPath.contains("//") || hasDotSegment(rawPath)) {
      return "The path has an empty part, . or .., or does not begin with a slash.";
    }
    for (int i = 0; i < rawPath.length(); i++) {
      char c = rawPath.charAt(i);
      if (c == '\\' || c == ';' || c <= ' ' || c >= 0x7f) {
        return "The path has a backslash, a semicolon or a character that must be encoded.";
      }
      if (c == '%' && isEncodedTrick(rawPath, i)) {
        return "The path has an encoded slash, backslash, dot, percent sign, semicolon or control"
            + " character, or a broken escape, which servers read in two ways.";
      }
    }
    return null;
  }

  private static boolean hasDotSegment(String path) {
    return path.contains("/./")
        || path.contains("/../")
        || path.endsWith("/.")
        || path.endsWith("/..");
  }

  // Encoded slash, backslash, dot, percent, semicolon or control character; or a broken escape.
  private static boolean isEncodedTrick(String path, int at) {
    if (at + 2 >= path.length()) {
      return true;
    }
    String code = path.substring(at + 1, at + 3).toLowerCase(Locale.ROOT);
    int high = Character.digit(code.charAt(0), 16);
    int low = Character.digit(code.charAt(1), 16);
    int value = high * 16 + low;
    return high < 0 || low < 0 || value < ' ' || value == 0x7f || "/\\.%;".indexOf(value) >= 0;
  }
}
