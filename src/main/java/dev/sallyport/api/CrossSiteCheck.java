package dev.sallyport.api;

import dev.sallyport.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps other sites from acting with a browser's cookie: a change, or a WebSocket, must come from
/// this site's own pages.
@ApplicationScoped
public class CrossSiteCheck {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  @Inject Settings settings;

  boolean refuses(HttpServletRequest request, boolean hasSession) {
    boolean isUpgrade = request.getHeader("Upgrade") != null;
    if (SAFE.contains(request.getMethod()) && !isUpgrade) {
      return false;
    }
    String origin = request.getHeader("Origin");
    String site = request.getHeader("Sec-Fetch-Site");
    if (origin == null && site == null) {
      return hasSession;
    }
    return isForeign(origin, site, isUpgrade);
  }

  /// Whoever says more than one thing must be right in all. Only the handshake of a WebSocket goes
  /// by its Origin alone: browsers do not agree on what site a `ws` address is.
  private boolean isForeign(@Nullable String origin, @Nullable String site, boolean isUpgrade) {
    boolean isOwnOrigin = origin == null || origin.equals(settings.publicBase());
    boolean isOwnSite = site == null || site.equals("same-origin") || (isUpgrade && origin != null);
    return !isOwnOrigin || !isOwnSite;
  }
}
