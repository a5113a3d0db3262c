package dev.sallyport.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The web origins whose pages may call: exact scheme, host and port (RFC 6454 section 5). `null`,
/// which sandboxed pages and files send, is never one of them.
public final class AllowedOrigins {
  private record Origin(String scheme, Authority authority) {}

  private final Set<Origin> allowed;

  /// Each like `https://console.example`, without a path.
  public AllowedOrigins(Collection<String> origins) {
    allowed =
        origins.stream().map(AllowedOrigins::required).collect(Collectors.toUnmodifiableSet());
  }

  /// Takes all `Origin` values of a request that has any.
  public boolean accept(List<String> originHeaderValues) {
    return originHeaderValues.size() == 1 && accept(originHeaderValues.getFirst());
  }

  public boolean accept(String origin) {
    Origin parsed = parse(origin);
    return parsed != null && allowed.contains(parsed);
  }

  private static Origin required(String text) {
    Origin origin = parse(text);
    if (origin == null) {
      throw new IllegalArgumentException("'" + text + "' is no origin such as https://host:port");
    }
    return origin;
  }

  private static @Nullable Origin parse(String text) {
    int end = text.indexOf("://");
    String scheme = end < 0 ? "" : text.substring(0, end).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return null;
    }
    Authority authority = Authority.parse(text.substring(end + 3), Authority.standardPort(scheme));
    return authority == null ? null : new Origin(scheme, authority);
  }
}
