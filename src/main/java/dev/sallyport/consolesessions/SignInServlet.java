package dev.sallyport.consolesessions;

import dev.sallyport.api.SessionCookie;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.DenialQueue;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/// The sign-in page, plain HTML: it works before anything else of the console does.
@WebServlet("/auth/sign-in")
@PublicEndpoint("Signing in comes before there is an actor.")
public class SignInServlet extends HttpServlet {
  private static final String PAGE = "/WEB-INF/pages/sign-in.html";
  private static final String TOO_MANY =
      "Too many attempts from your address. Wait a minute and try again.";

  @Inject ConsoleSessionService sessions;
  @Inject RequestLimits limits;
  @Inject DenialQueue denials;
  @Inject Settings settings;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    ReturnPath wanted = ReturnPath.of(request.getParameter("return_to"));
    if (!CallContext.current().actor().isAnonymous()) {
      goTo(wanted, response);
      return;
    }
    page(response, 200, "", wanted);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    CallContext context = CallContext.current();
    ReturnPath wanted = ReturnPath.of(request.getParameter("return_to"));
    if (!limits.allows(LimitKind.SIGN_IN, RequestLimits.addressKey(context.address()))) {
      page(response, 429, TOO_MANY, wanted);
      return;
    }
    String credential = Objects.requireNonNullElse(request.getParameter("credential"), "").strip();
    Optional<Secret> cookie = start(credential, request.getHeader("User-Agent"));
    if (cookie.isEmpty()) {
      denials.offer(
          AuditEntry.denied(AuditEventName.SIGN_IN_REFUSED, ProblemType.UNAUTHENTICATED), context);
      page(response, 401, refusal(credential), wanted);
      return;
    }
    response.addCookie(SessionCookie.of(settings, cookie.get().reveal()));
    goTo(wanted, response);
  }

  private static void goTo(ReturnPath wanted, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", wanted.value());
  }

  private Optional<Secret> start(String credential, String userAgent) {
    if (credential.isEmpty() || credential.length() > 500) {
      return Optional.empty();
    }
    Secret secret = new Secret(credential);
    return credential.startsWith("sl_")
        ? sessions.startByLink(secret, userAgent)
        : sessions.startByKey(secret, userAgent);
  }

  private static String refusal(String credential) {
    return credential.startsWith("sl_")
        ? "This link was used already or is older than ten minutes. Ask for a new one."
        : "That key is not valid. Check for missing characters, or ask an admin for a new one.";
  }

  private void page(HttpServletResponse response, int status, String message, ReturnPath wanted)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/html; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    try (var in = getServletContext().getResourceAsStream(PAGE)) {
      String html = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      // The message is a sentence of our own, never input: nothing to escape.
      response
          .getWriter()
          .write(html.replace("{{message}}", message).replace("{{return_to}}", wanted.inHtml()));
    }
  }
}
