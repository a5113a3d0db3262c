package dev.sallyport.connections;

import dev.sallyport.apps.AppDetails;
import dev.sallyport.http.IpLiteral;
import dev.sallyport.problem.FieldErrors;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Keeps credentials at home: they go only to upstreams of the app's own origin, and off loopback
/// only over TLS.
final class OwnOrigin {
  private OwnOrigin() {}

  static void require(AppDetails app, CredentialKind kind, CredentialSettings settings) {
    if (!kind.isPortable()) {
      return;
    }
    var errors = new FieldErrors();
    for (AppDetails.UpstreamDetails upstream : app.upstreams()) {
      String fault = fault(app, upstream.url(), kind, settings);
      errors.addIf(fault != null, "kind", "upstream " + upstream.name() + " " + fault);
    }
    errors.throwIfAny();
  }

  /// Why this upstream must not get the credential; null when it may.
  static @Nullable String fault(
      AppDetails app, String upstream, CredentialKind kind, CredentialSettings settings) {
    URI own = URI.create(app.uri().replaceFirst("^mcp\\+", ""));
    URI url = URI.create(upstream);
    if (!origin(own).equals(origin(url))) {
      return "is not of the app's own origin " + origin(own) + "; credentials stay there.";
    }
    boolean isPlain = !"https".equals(url.getScheme()) && !isLoopback(url.getHost());
    if (isPlain && kind == CredentialKind.FORWARD) {
      return "is plain http; the caller's token never goes there.";
    }
    return isPlain && !settings.allowPlainHttp()
        ? "is plain http; set allowPlainHttp to send the credential in clear text."
        : null;
  }

  private static String origin(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int port = url.getPort() < 0 ? (scheme.equals("https") ? 443 : 80) : url.getPort();
    return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  private static boolean isLoopback(String host) {
    InetAddress address = IpLiteral.parse(host.replaceAll("[\\[\\]]", ""));
    return host.equals("localhost") || (address != null && address.isLoopbackAddress());
  }
}
