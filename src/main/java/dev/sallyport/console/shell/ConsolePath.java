package dev.sallyport.console.shell;

import com.vaadin.flow.server.RouteRegistry;
import jakarta.servlet.http.HttpServletRequest;

/// What a path of the console is.
enum ConsolePath {
  /// A page of ours.
  VIEW,
  /// What Vaadin's client asks for by itself.
  INTERNAL,
  UNKNOWN;

  // Vaadin's client marks its requests with this parameter.
  private static final String MARK = "v-r";

  static ConsolePath of(HttpServletRequest request, RouteRegistry routes) {
    String path = request.getRequestURI();
    if (path.startsWith("/VAADIN/") || (path.equals("/") && request.getParameter(MARK) != null)) {
      return INTERNAL;
    }
    boolean isRead = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    boolean isRoute = routes.getNavigationRouteTarget(path.substring(1)).hasTarget();
    return isRead && isRoute ? VIEW : UNKNOWN;
  }

  /// Whether a page that was opened before sends what somebody did in it.
  static boolean isOfOpenPage(HttpServletRequest request) {
    return "uidl".equals(request.getParameter(MARK));
  }
}
