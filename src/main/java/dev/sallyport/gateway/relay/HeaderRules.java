package dev.sallyport.gateway.relay;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which headers of one direction stay behind. A name is read as many servers behind a gateway read
/// it: case does not matter and `_` is `-` (CGI maps both to the same variable).
final class HeaderRules {
  private static final List<String> HOP_BY_HOP =
      List.of(
          "Connection",
          "Keep-Alive",
          "Proxy-Authenticate",
          "Proxy-Authentication-Info",
          "Proxy-Authorization",
          "Proxy-Connection",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade");

  /// What a client may not tell an upstream: who it is and where it comes from. `Mcp-Session-Id` is
  /// the gateway's own; the door sets the upstream's.
  static final HeaderRules REQUEST =
      new HeaderRules(
          List.of(
              "Authorization",
              "Client-Ip",
              "Cf-Connecting-Ip",
              "Content-Length",
              "Cookie",
              "Expect",
              "Fastly-Client-Ip",
              "Forwarded",
              "Host",
              "HTTP2-Settings",
              "Mcp-Session-Id",
              "True-Client-Ip",
              "Via",
              "X-Client-Cert",
              "X-Client-Ip",
              "X-Cluster-Client-Ip",
              "X-Real-Ip"),
          List.of(
              ":",
              "remote-",
              "sallyport-",
              "cf-access-",
              "impersonate-",
              "ssl-client-",
              "x-amzn-oidc-",
              "x-auth",
              "x-consumer-",
              "x-email",
              "x-forwarded",
              "x-goog-authenticated-",
              "x-goog-iap-",
              "x-group",
              "x-ms-client-principal",
              "x-original-",
              "x-pomerium-",
              "x-remote-",
              "x-rewrite-",
              "x-ssl-",
              "x-upstream-",
              "x-user",
              "x-vouch-",
              "x-webauth-"));

  /// What an upstream may not tell a client of this origin: cookies and policies of its own, and
  /// answers to CORS, which the door gives.
  static final HeaderRules RESPONSE =
      new HeaderRules(
          List.of(
              "Alt-Svc",
              "Accept-CH",
              "Clear-Site-Data",
              "Content-Security-Policy-Report-Only",
              "Critical-CH",
              "Content-Length",
              "NEL",
              "Public-Key-Pins",
              "Report-To",
              "Reporting-Endpoints",
              "Server",
              "Service-Worker-Allowed",
              "Set-Cookie",
              "Set-Cookie2",
              "Strict-Transport-Security",
              "X-Powered-By"),
          List.of(":", "access-control-", "sallyport-"));

  private final Set<HttpString> names = new HashSet<>();
  // By their first character: few names have any to be compared with.
  private final byte[][][] prefixes = new byte[128][0][];

  private HeaderRules(List<String> names, List<String> prefixes) {
    HOP_BY_HOP.forEach(name -> this.names.add(new HttpString(name)));
    names.forEach(name -> this.names.add(new HttpString(name)));
    prefixes.stream()
        .map(prefix -> prefix.getBytes(StandardCharsets.US_ASCII))
        .forEach(this::addPrefix);
  }

  private void addPrefix(byte[] prefix) {
    byte[][] known = prefixes[prefix[0]];
    byte[][] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = prefix;
    prefixes[prefix[0]] = more;
  }

  /// Whether a header may pass that its message does not name in `Connection`.
  boolean passes(HttpString name) {
    if (names.contains(name)) {
      return false;
    }
    if (hasUnderscore(name) && names.contains(hyphenated(name))) {
      return false;
    }
    byte first = name.length() == 0 ? 0 : folded(name.byteAt(0));
    if (first < 0) {
      return true;
    }
    for (byte[] prefix : prefixes[first]) {
      if (startsWith(name, prefix)) {
        return false;
      }
    }
    return true;
  }

  /// The names that the message's own `Connection` header declares hop-by-hop (RFC 9110 section
  /// 7.6.1), in lower case; null if there is none, as almost always.
  static @Nullable Set<String> connectionNamed(HeaderMap headers) {
    HeaderValues values = headers.get(Headers.CONNECTION);
    if (values == null) {
      return null;
    }
    Set<String> named = null;
    for (String value : values) {
      if (!value.equalsIgnoreCase("keep-alive") && !value.equalsIgnoreCase("close")) {
        named = named == null ? new HashSet<>() : named;
        for (String name : value.split(",", -1)) {
          named.add(name.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return named;
  }

  private static boolean hasUnderscore(HttpString name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.byteAt(i) == '_') {
        return true;
      }
    }
    return false;
  }

  private static HttpString hyphenated(HttpString name) {
    return new HttpString(name.toString().replace('_', '-'));
  }

  private static boolean startsWith(HttpString name, byte[] prefix) {
    if (name.length() < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (folded(name.byteAt(i)) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte folded(byte character) {
    if (character >= 'A' && character <= 'Z') {
      return (byte) (character + ('a' - 'A'));
    }
    return character == '_' ? (byte) '-' : character;
  }
}
