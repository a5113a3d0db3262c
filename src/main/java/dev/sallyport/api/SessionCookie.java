package dev.sallyport.api;

import dev.sallyport.config.Settings;
import jakarta.servlet.http.Cookie;
import java.time.Duration;

/// The cookies of a console session. `__Host-` and Secure, except where the whole run is plain http
/// on loopback.
public final class SessionCookie {
  private static final String SESSION = "sallyport_session";
  private static final String CSRF = "sallyport_csrf";

  private SessionCookie() {}

  public static String name(Settings settings) {
    return prefixed(settings, SESSION);
  }

  /// The cookie that proves the session; an empty value deletes it.
  public static Cookie session(Settings settings, String value, Duration maxAge) {
    Cookie cookie = cookie(settings, new Cookie(name(settings), value), maxAge);
    cookie.setHttpOnly(true);
    return cookie;
  }

  /// The cookie that this site's scripts read to prove that they are its own.
  public static Cookie csrf(Settings settings, String value, Duration maxAge) {
    return cookie(settings, new Cookie(prefixed(settings, CSRF), value), maxAge);
  }

  private static Cookie cookie(Settings settings, Cookie cookie, Duration maxAge) {
    cookie.setPath("/");
    cookie.setSecure(isSecure(settings));
    cookie.setAttribute("SameSite", settings.cookies().sameSite());
    cookie.setMaxAge((int) Math.max(0, maxAge.toSeconds()));
    return cookie;
  }

  private static String prefixed(Settings settings, String name) {
    return isSecure(settings) ? "__Host-" + name : name;
  }

  /// Whether cookies go over TLS only.
  public static boolean isSecure(Settings settings) {
    return "https".equals(settings.publicUrl().getScheme());
  }
}
