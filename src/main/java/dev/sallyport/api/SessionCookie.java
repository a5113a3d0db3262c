package dev.sallyport.api;

import dev.sallyport.config.Settings;
import jakarta.servlet.http.Cookie;

/// The cookie of a console session. `__Host-` and Secure, except where the whole run is plain http
/// on loopback.
public final class SessionCookie {
  private static final String BASE = "sallyport_session";

  private SessionCookie() {}

  public static String name(Settings settings) {
    return isSecure(settings) ? "__Host-" + BASE : BASE;
  }

  /// The cookie with this value; an empty one deletes it.
  public static Cookie of(Settings settings, String value) {
    Cookie cookie = new Cookie(name(settings), value);
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSecure(isSecure(settings));
    cookie.setAttribute("SameSite", "Lax");
    cookie.setMaxAge(
        value.isEmpty() ? 0 : (int) settings.access().consoleSessionLifetime().toSeconds());
    return cookie;
  }

  private static boolean isSecure(Settings settings) {
    return "https".equals(settings.publicUrl().getScheme());
  }
}
