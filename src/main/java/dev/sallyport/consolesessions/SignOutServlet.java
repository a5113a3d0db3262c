package dev.sallyport.consolesessions;

import dev.sallyport.api.SessionCookie;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

/// `POST /auth/logout`.
@WebServlet("/auth/logout")
@PublicEndpoint("Ends nobody's session but the caller's own.")
public class SignOutServlet extends HttpServlet {
  @Inject ConsoleSessionService sessions;
  @Inject Settings settings;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(SessionCookie.name(settings))) {
          sessions.end(new Secret(cookie.getValue()));
        }
      }
    }
    HttpSession views = request.getSession(false);
    if (views != null) {
      views.invalidate();
    }
    response.addCookie(SessionCookie.of(settings, ""));
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", "/auth/sign-in");
  }
}
