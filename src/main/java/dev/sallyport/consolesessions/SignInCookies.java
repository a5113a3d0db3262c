package dev.sallyport.consolesessions;

import dev.sallyport.api.SessionCookie;
import dev.sallyport.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/// The two cookies of a session: its own, which no script can read, and its CSRF token, which the
/// site's own scripts send back. Both go when the session must end at the latest.
@ApplicationScoped
public class SignInCookies {
  @Inject Settings settings;
  @Inject Clock clock;
  @Inject SignInPage page;

  public void write(HttpServletResponse response, StartedSession session) {
    Duration left = Duration.between(clock.instant(), session.expiresAt());
    response.addCookie(SessionCookie.session(settings, session.cookie().reveal(), left));
    response.addCookie(SessionCookie.csrf(settings, session.csrf().reveal(), left));
  }

  /// Writes the cookies and goes on to the page that somebody wanted; also when it was another
  /// site that led here.
  public void enter(HttpServletRequest request, HttpServletResponse response, Entry entry)
      throws IOException {
    write(response, entry.session());
    response.setHeader("Cache-Control", "no-store");
    if (settings.cookies().sameSite().equals("Strict")) {
      page.enter(response, request.getServletContext(), entry.wanted());
      return;
    }
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", entry.wanted().value());
  }

  /// A session and the page that its browser wanted.
  public record Entry(StartedSession session, ReturnPath wanted) {}

  public void clear(HttpServletResponse response) {
    response.addCookie(SessionCookie.session(settings, "", Duration.ZERO));
    response.addCookie(SessionCookie.csrf(settings, "", Duration.ZERO));
  }
}
