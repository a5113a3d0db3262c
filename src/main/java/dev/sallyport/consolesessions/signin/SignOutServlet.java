package dev.sallyport.consolesessions.signin;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.console.OpenPages;
import dev.sallyport.consolesessions.ConsoleSessions;
import dev.sallyport.consolesessions.IdpSession;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/// `POST /auth/logout`: ends the session here, then at the identity provider where it has a page
/// for that.
@WebServlet("/auth/logout")
@PublicEndpoint("Ends nobody's session but the caller's own.")
public class SignOutServlet extends HttpServlet {
  private static final Logger LOG = Logger.getLogger(SignOutServlet.class);

  @Inject ConsoleSessions sessions;
  @Inject SignInCookies cookies;
  @Inject SignInPage page;
  @Inject @Any Instance<LogoutRedirects> redirects;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String session = CallContext.current().consoleSessionId();
    Optional<IdpSession> idp = session == null ? Optional.empty() : sessions.signOut(session);
    OpenPages.close(request);
    cookies.clear(response);
    Optional<URI> next = idp.flatMap(this::atProvider);
    if (next.isPresent() && isBrowser(request)) {
      page.signOutAt(response, getServletContext(), next.get());
      return;
    }
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Location", next.map(URI::toString).orElse("/auth/sign-in"));
  }

  private Optional<URI> atProvider(IdpSession ended) {
    try {
      return redirects.stream()
          .map(redirect -> redirect.after(ended))
          .flatMap(Optional::stream)
          .findFirst();
    } catch (RuntimeException e) {
      // A provider that is out of reach keeps nobody from signing out here.
      LOG.warnf("no sign-out at provider %s: %s", ended.providerId(), e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean isBrowser(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getHeader("Accept"), "").contains("text/html");
  }
}
