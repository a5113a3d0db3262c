package dev.sallyport.connections.flow;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a browser asks for: to follow an agent's link, or to connect an app for oneself.
///
/// @param returnTo as it was sent; nothing says yet that it may be used
record ConnectWish(@Nullable String link, @Nullable String app, @Nullable String returnTo) {

  static ConnectWish of(HttpServletRequest request) {
    return new ConnectWish(
        request.getParameter("link"),
        request.getParameter("app"),
        request.getParameter("return_to"));
  }

  /// The path that asks for the same again.
  String path() {
    String what = link != null ? "link=" + encoded(link) : "app=" + encoded(String.valueOf(app));
    String path = StartServlet.PATH + "?" + what;
    return returnTo == null ? path : path + "&return_to=" + encoded(returnTo);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
