package dev.sallyport.connections.grants;

import java.net.URI;
import java.util.Objects;

/// Which resources lie under which (RFC 8707, RFC 9728 section 3).
final class ResourceScope {
  private ResourceScope() {}

  /// Whether a token for this resource is one for that, too: the same, or a path above it.
  static boolean covers(String resource, String wanted) {
    if (resource.equals(wanted)) {
      return true;
    }
    try {
      return isAbove(URI.create(resource), URI.create(wanted));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isAbove(URI above, URI below) {
    String path = Objects.requireNonNullElse(above.getRawPath(), "");
    String prefix = path.endsWith("/") ? path : path + "/";
    boolean isSameOrigin =
        above.getScheme() != null
            && above.getScheme().equalsIgnoreCase(below.getScheme())
            && above.getRawAuthority() != null
            && above.getRawAuthority().equalsIgnoreCase(below.getRawAuthority());
    String under = Objects.requireNonNullElse(below.getRawPath(), "");
    return isSameOrigin
        && above.getRawQuery() == null
        && above.getRawFragment() == null
        && (under + "/").startsWith(prefix)
        && URI.create(under).normalize().getRawPath().equals(under);
  }
}
