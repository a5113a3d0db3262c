package dev.sallyport.api;

import dev.sallyport.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

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
    if (origin != null) {
      return !origin.equals(settings.publicBase());
    }
    return hasSession && !"same-origin".equals(request.getHeader("Sec-Fetch-Site"));
  }
}
