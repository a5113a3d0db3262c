package dev.sallyport.config;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads a URL that people reach something under, in the one form that browsers send as `Origin`
/// (RFC 6454 section 6.2): lower case, no default port.
public final class PublicUrl {
  private PublicUrl() {}

  /// The origin, or null where the text is none, or plain http off loopback.
  public static @Nullable URI parse(String text) {
    try {
      URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (url.getHost() == null || !isBare(url) || url.getPort() == 0 || url.getPort() > 65_535) {
        return null;
      }
      URI origin = origin(url);
      boolean isPlain = "http".equals(origin.getScheme()) && isLoopback(origin);
      return isPlain || "https".equals(origin.getScheme()) ? origin : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isBare(URI url) {
    return url.getRawPath().isEmpty()
        && url.getRawUserInfo() == null
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }

  private static URI origin(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int port = url.getPort();
    boolean isUsual = port < 0 || port == (scheme.equals("https") ? 443 : 80);
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return URI.create(scheme + "://" + host + (isUsual ? "" : ":" + port));
  }

  /// Names are asked of no DNS: only those that never leave the machine (RFC 6761 section 6.3).
  static boolean isLoopback(URI url) {
    String host = url.getHost();
    return host.equals("localhost") || host.endsWith(".localhost") || isLoopbackLiteral(host);
  }

  private static boolean isLoopbackLiteral(String host) {
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
