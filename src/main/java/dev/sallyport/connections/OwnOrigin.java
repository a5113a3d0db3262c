package dev.sallyport.connections;

import dev.sallyport.apps.AppDetails;
import dev.sallyport.connections.remote.ResourceUrl;
import dev.sallyport.http.IpLiteral;
import dev.sallyport.problem.FieldErrors;
import java.net.InetAddress;
import java.net.URI;
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
      String fault = fault(upstream.url(), kind, settings);
      errors.addIf(fault != null, "kind", "upstream " + upstream.name() + " " + fault);
    }
    errors.throwIfAny();
  }

  /// The app's own origin, as it is now.
  static String of(AppDetails app) {
    return new ResourceUrl(URI.create(app.uri().replaceFirst("^mcp\\+", ""))).origin();
  }

  /// Why this upstream must not get the credential; null when it may.
  static @Nullable String fault(String upstream, CredentialKind kind, CredentialSettings settings) {
    URI url = URI.create(upstream);
    if (!isSame(upstream, String.valueOf(settings.origin()))) {
      return "is not of the app's own origin " + settings.origin() + "; credentials stay there.";
    }
    boolean isPlain = !"https".equals(url.getScheme()) && !isLoopback(url.getHost());
    if (isPlain && kind == CredentialKind.FORWARD) {
      return "is plain http; the caller's token never goes there.";
    }
    return isPlain && !settings.allowPlainHttp()
        ? "is plain http; set allowPlainHttp to send the credential in clear text."
        : null;
  }

  static boolean isSame(String one, String other) {
    return new ResourceUrl(URI.create(one)).hasOriginOf(URI.create(other));
  }

  private static boolean isLoopback(String host) {
    InetAddress address = IpLiteral.parse(host.replaceAll("[\\[\\]]", ""));
    return host.equals("localhost") || (address != null && address.isLoopbackAddress());
  }
}
