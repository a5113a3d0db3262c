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

/// Which headers of one direction stay behind. A name is read as servers behind a gateway may read
/// it: case does not matter, and whatever is neither letter nor digit is `-` (CGI maps all of these
/// to the same variable, PHP some).
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
              "Content-Length",
              "Cookie",
              "Do-Connecting-Ip",
              "Expect",
              "Forwarded",
              "Front-End-Https",
              "Host",
              "HTTP2-Settings",
              "Incap-Client-Ip",
              "Mcp-Session-Id",
              "Proxy-Client-Ip",
              "True-Client-Ip",
              "Via",
              "X-Access-Token",
              "X-Anonymous-Consumer",
              "X-Client-Ip",
              "X-Client-Verify",
              "X-Credential-Identifier",
              "X-Endpoint-Api-Userinfo",
              "X-Id-Token",
              "X-Principal",
              "X-Real-Ip",
              "X-Scope-OrgId",
              "X-Token"),
          List.of(
              ":",
              "remote-",
              "sallyport-",
              "cf-",
              "client-cert",
              "fastly-",
              "fly-",
              "impersonate-",
              "ssl-",
              "tailscale-",
              "wl-proxy-",
              "x-account",
              "x-amzn-mtls-",
              "x-amzn-oidc-",
              "x-apigateway-",
              "x-appengine-",
              "x-arr-",
              "x-auth",
              "x-azure-",
              "x-client-cert",
              "x-client-dn",
              "x-cluster-client-",
              "x-consumer-",
              "x-email",
              "x-envoy-",
              "x-forwarded",
              "x-goog-authenticated-",
              "x-goog-iap-",
              "x-group",
              "x-identity",
              "x-jwt",
              "x-ms-client-principal",
              "x-ms-token-",
              "x-oidc-",
              "x-original-",
              "x-pomerium-",
              "x-proxy",
              "x-remote-",
              "x-rewrite-",
              "x-role",
              "x-spiffe",
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
    if (isOdd(name) && names.contains(hyphenated(name))) {
      return false;
    }
    byte first = name.length() == 0 ? 0 : folded(name.byteAt(0));
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

  /// Whether it has a character that some servers read as a hyphen.
  static boolean isOdd(HttpString name) {
    for (int i = 0; i < name.length(); i++) {
      byte character = name.byteAt(i);
      if (folded(character) == '-' && character != '-') {
        return true;
      }
    }
    return false;
  }

  /// The name with nothing but letters, digits and hyphens in it.
  static HttpString hyphenated(HttpString name) {
    byte[] folded = new byte[name.length()];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = folded(name.byteAt(i));
    }
    return new HttpString(folded);
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
    boolean isPlain =
        (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
    return isPlain || character == ':' ? character : (byte) '-';
  }
}
