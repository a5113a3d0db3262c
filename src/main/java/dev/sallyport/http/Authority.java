package dev.sallyport.http;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Host and port in one canonical form: lower case, IPv6 literals as bytes say, the port explicit.
record Authority(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?<host>\\[[0-9a-fA-F:.]+]|[a-zA-Z0-9._-]+)(?::(?<port>[0-9]{1,5}))?");

  static Authority of(URI url) {
    int standard = standardPort(String.valueOf(url.getScheme()));
    return of(String.valueOf(url.getHost()), url.getPort() < 0 ? standard : url.getPort());
  }

  static Authority of(String host, int port) {
    InetAddress literal = IpLiteral.parse(unbracketed(host));
    String canonical = literal == null ? host.toLowerCase(Locale.ROOT) : literal.getHostAddress();
    return new Authority(canonical, port);
  }

  /// Parses `host`, `host:port` or `[v6]:port`; null for anything else, user info included.
  static @Nullable Authority parse(String text, int standardPort) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    String host = form.group("host");
    String digits = form.group("port");
    int port = digits == null ? standardPort : Integer.parseInt(digits);
    boolean badLiteral = host.startsWith("[") && IpLiteral.parse(unbracketed(host)) == null;
    return badLiteral || port < 1 || port > 65_535 ? null : of(host, port);
  }

  static int standardPort(String scheme) {
    return scheme.equalsIgnoreCase("https") ? 443 : 80;
  }

  static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
