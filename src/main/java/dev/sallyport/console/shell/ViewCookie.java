package dev.sallyport.console.shell;

import dev.sallyport.api.SessionCookie;
import dev.sallyport.config.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/// Lets the cookie that finds an open page again go where the session's cookie goes. It proves
/// nobody; a proxy in front may end TLS, so that the server itself would not know.
@WebListener
public class ViewCookie implements ServletContextListener {
  @Inject Settings settings;

  @Override
  public void contextInitialized(ServletContextEvent start) {
    var cookie = start.getServletContext().getSessionCookieConfig();
    cookie.setSecure(SessionCookie.isSecure(settings));
    cookie.setAttribute("SameSite", settings.cookies().sameSite());
  }
}
