package dev.sallyport.console.shell;

import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServlet;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.console.OpenPages;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Answers for everything that no other servlet takes. Vaadin alone would answer 200 to any path
/// and make a session for anybody; here an unknown path is 404, and whoever is not signed in is led
/// to the sign-in page before Vaadin hears of them.
@WebServlet(name = "console", urlPatterns = "/*", asyncSupported = true, loadOnStartup = 1)
@PublicEndpoint("Leads anonymous callers to the sign-in page; views declare their permissions.")
public class ConsoleServlet extends VaadinServlet {
  private static final Logger LOG = Logger.getLogger(ConsoleServlet.class);
  private static final String SESSION = "sallyport.session";

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (serveStaticOrWebJarRequest(request, response)) {
      return;
    }
    Actor actor = CallContext.current().actor();
    closePagesOfAnother(request);
    switch (ConsolePath.of(request, getService().getRouter().getRegistry())) {
      case VIEW -> view(request, response, actor);
      case INTERNAL -> internal(request, response, actor);
      case UNKNOWN -> unknown(request, response, actor);
    }
  }

  private void view(HttpServletRequest request, HttpServletResponse response, Actor actor)
      throws ServletException, IOException {
    response.setHeader("Cache-Control", "no-store");
    if (actor.isAnonymous()) {
      // Not sendRedirect: that would put the Host header into the address.
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", "/auth/sign-in" + returnTo(request));
      return;
    }
    answer(request, response);
  }

  private static String returnTo(HttpServletRequest request) {
    String query = request.getQueryString();
    String wanted = request.getRequestURI() + (query == null ? "" : "?" + query);
    return wanted.equals("/")
        ? ""
        : "?return_to=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
  }

  private void internal(HttpServletRequest request, HttpServletResponse response, Actor actor)
      throws ServletException, IOException {
    if (actor.isAnonymous()) {
      tellOpenPage(request, response);
      return;
    }
    answer(request, response);
  }

  // A page that was opened before is told that its session is over; it then loads again, and so
  // comes to the sign-in page.
  private static void tellOpenPage(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!ConsolePath.isOfOpenPage(request)) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/json; charset=utf-8");
    response.getWriter().write(VaadinService.createSessionExpiredJSON(true));
  }

  private void unknown(HttpServletRequest request, HttpServletResponse response, Actor actor)
      throws ServletException, IOException {
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    if (actor.isAnonymous() || !request.getMethod().equals("GET")) {
      response.setContentType("text/plain; charset=utf-8");
      response.getWriter().write("There is nothing at this address.\n");
      return;
    }
    answer(request, response);
  }

  private void answer(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    super.service(request, response);
    HttpSession session = request.getSession(false);
    if (session == null) {
      return;
    }
    try {
      if (session.getAttribute(SESSION) == null) {
        session.setAttribute(SESSION, owner());
      }
    } catch (IllegalStateException e) {
      LOG.debug("the pages were closed meanwhile", e);
    }
  }

  // Pages belong to the console session that opened them: not to the next one of this browser, and
  // to nobody after its end.
  private static void closePagesOfAnother(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null) {
      return;
    }
    Object owner = ownerOf(session);
    if (owner != null && !owner.equals(owner())) {
      OpenPages.close(request);
    }
  }

  // An open page sends several requests at once: one of the others may have closed it.
  private static @Nullable Object ownerOf(HttpSession session) {
    try {
      return session.getAttribute(SESSION);
    } catch (IllegalStateException e) {
      return null;
    }
  }

  /// The console session; for a caller without one, who it is.
  private static String owner() {
    CallContext context = CallContext.current();
    String session = context.consoleSessionId();
    return session == null ? context.actor().id() : session;
  }
}
