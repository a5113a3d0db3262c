package dev.sallyport.gateway.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads cookies as servers do (RFC 6265 section 5.4): pairs between semicolons, whatever else they
/// hold. HTTP/2 sends several headers (RFC 9113 section 8.2.3), which are one.
public final class CookieHeader {
  private CookieHeader() {}

  /// The values of this name, in order.
  static List<String> values(@Nullable List<String> headers, String name) {
    List<String> values = new ArrayList<>();
    for (String pair : pairs(headers)) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && pair.substring(0, equals).strip().equals(name)) {
        values.add(pair.substring(equals + 1).strip());
      }
    }
    return values;
  }

  static List<String> names(@Nullable List<String> headers) {
    return pairs(headers).stream().map(CookieHeader::name).toList();
  }

  /// What the app gets: all but ours; null when nothing is left.
  public static @Nullable String forApp(@Nullable List<String> headers) {
    List<String> kept =
        pairs(headers).stream()
            .map(String::strip)
            .filter(pair -> !pair.isEmpty() && !SiteCookies.isOwn(name(pair)))
            .toList();
    return kept.isEmpty() ? null : String.join("; ", kept);
  }

  /// What the browser gets of an app's `Set-Cookie`: nothing where it has one of our names, or none
  /// at all, which a browser sends back as if its value were a pair; and never for other hosts.
  public static @Nullable String fromApp(String setCookie) {
    String[] parts = setCookie.split(";", -1);
    String name = name(parts[0]).strip();
    if (parts[0].indexOf('=') < 0 || name.isEmpty() || SiteCookies.isOwn(name)) {
      return null;
    }
    StringBuilder kept = new StringBuilder(parts[0].strip());
    for (int i = 1; i < parts.length; i++) {
      String attribute = parts[i].strip();
      if (!attribute.isEmpty()
          && !name(attribute).strip().toLowerCase(Locale.ROOT).equals("domain")) {
        kept.append("; ").append(attribute);
      }
    }
    return kept.toString();
  }

  private static List<String> pairs(@Nullable List<String> headers) {
    if (headers == null) {
      return List.of();
    }
    List<String> pairs = new ArrayList<>();
    headers.forEach(header -> pairs.addAll(List.of(header.split(";", -1))));
    return pairs;
  }

  // A pair without `=` is a name to some servers and a value to others: either may be ours.
  private static String name(String pair) {
    int equals = pair.indexOf('=');
    return (equals < 0 ? pair : pair.substring(0, equals)).strip();
  }
}
