package dev.sallyport.connections.remote;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The URL of a protected resource: its canonical form (RFC 8707), and where its metadata may be
/// (RFC 9728 section 3.1).
public record ResourceUrl(URI url) {
  private static final int LONGEST = 2_000;
  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  String canonical() {
    return origin() + path();
  }

  /// With the path first, then of the whole host.
  List<URI> metadata() {
    return Stream.of(path(), "")
        .distinct()
        .map(path -> URI.create(origin() + WELL_KNOWN + path))
        .toList();
  }

  /// Whether a token for `resource` is one for this URL: it is the same, or a path above it.
  boolean isWithin(String resource) {
    URI other = parse(resource);
    if (other == null || other.getRawQuery() != null) {
      return false;
    }
    ResourceUrl above = new ResourceUrl(other);
    return above.origin().equals(origin())
        && (path().equals(above.path()) || path().startsWith(above.path() + "/"));
  }

  /// Whether the other one is at the same scheme, host and port.
  public boolean hasOriginOf(URI other) {
    return new ResourceUrl(other).origin().equals(origin());
  }

  /// A web URL of usual length without user info or fragment; null where it is none.
  static @Nullable URI parse(@Nullable String text) {
    if (text == null || text.length() > LONGEST) {
      return null;
    }
    try {
      URI url = URI.create(text);
      boolean isWeb =
          "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
      boolean isBare = url.getRawUserInfo() == null && url.getRawFragment() == null;
      return isWeb && isBare && url.getHost() != null ? url : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  // No regular expression: one that looks for the end among many slashes takes a minute.
  private String path() {
    String path = url.getRawPath();
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /// Scheme, host and port, as they are usually written (RFC 6454 section 6.2).
  public String origin() {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int standard = scheme.equals("https") ? 443 : 80;
    boolean isUsual = url.getPort() < 0 || url.getPort() == standard;
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return scheme + "://" + host + (isUsual ? "" : ":" + url.getPort());
  }
}
