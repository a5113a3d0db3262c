package dev.sallyport.consolesessions.signin;

import dev.sallyport.api.SessionCookie;
import dev.sallyport.config.Settings;
import dev.sallyport.consolesessions.StartedSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;

/// The two cookies of a session: its own, which no script can read, and its CSRF token, which the
/// site's own scripts send back. Both go when the session must end at the latest.
@ApplicationScoped
public class SignInCookies {
  @Inject Settings settings;
  @Inject Clock clock;

  public void write(HttpServletResponse response, StartedSession session) {
    Duration left = Duration.between(clock.instant(), session.expiresAt());
    response.addCookie(SessionCookie.session(settings, session.cookie().reveal(), left));
    response.addCookie(SessionCookie.csrf(settings, session.csrf().reveal(), left));
  }

  public void clear(HttpServletResponse response) {
    response.addCookie(SessionCookie.session(settings, "", Duration.ZERO));
    response.addCookie(SessionCookie.csrf(settings, "", Duration.ZERO));
  }
}
