package dev.sallyport.consolesessions.signin;

import dev.sallyport.api.SessionCookie;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.DenialQueue;
import dev.sallyport.authz.Authentication.Known;
import dev.sallyport.authz.Authentication.Refused;
import dev.sallyport.authz.Authenticators;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Credentials;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.config.Settings;
import dev.sallyport.consolesessions.ConsoleSessions;
import dev.sallyport.consolesessions.StartedSession;
import dev.sallyport.consolesessions.signin.SignInPage.Message;
import dev.sallyport.crypto.Secret;
import dev.sallyport.persistence.SqlFailedException;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.Permit;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/// The sign-in page, plain HTML: it works before anything else of the console does.
@WebServlet("/auth/sign-in")
@PublicEndpoint("Signing in comes before there is an actor.")
public class SignInServlet extends HttpServlet {
  private static final Logger LOG = Logger.getLogger(SignInServlet.class);
  // Machine tokens are no keys: one that lives for minutes must not become a session of hours.
  private static final String KEY_PREFIX = "sp_";
  private static final int MAX_LENGTH = 500;
  private static final String TOO_MANY =
      "Too many attempts from your address. Wait a minute and try again.";

  @Inject ConsoleSessions sessions;
  @Inject SignInLinks links;
  @Inject SignInCookies cookies;
  @Inject SignInPage page;
  @Inject Authenticators authenticators;
  @Inject RequestLimits limits;
  @Inject DenialQueue denials;
  @Inject Settings settings;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ReturnPath wanted = ReturnPath.of(request.getParameter("return_to"));
    if (!CallContext.current().actor().isAnonymous()) {
      goTo(wanted, response);
      return;
    }
    String reason = request.getParameter("reason");
    Message message = reason == null ? farewell(request, response) : Message.of(reason);
    page.signIn(response, getServletContext(), message, wanted);
  }

  /// What became of the session whose cookie still comes; said once.
  private Message farewell(HttpServletRequest request, HttpServletResponse response) {
    Optional<Secret> cookie = sessionCookie(request);
    if (cookie.isEmpty()) {
      return Message.NONE;
    }
    cookies.clear(response);
    String address = CallContext.current().address();
    return switch (authenticators.authenticate(
        new Credentials(null, cookie.get(), address, false))) {
      case Refused(ProblemType reason) when reason != ProblemType.UNAUTHENTICATED ->
          Message.over(reason);
      default -> Message.NONE;
    };
  }

  private Optional<Secret> sessionCookie(HttpServletRequest request) {
    Cookie[] all = Objects.requireNonNullElse(request.getCookies(), new Cookie[0]);
    return Arrays.stream(all)
        .filter(cookie -> cookie.getName().equals(SessionCookie.name(settings)))
        .findFirst()
        .map(cookie -> new Secret(cookie.getValue()));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ReturnPath wanted = ReturnPath.of(request.getParameter("return_to"));
    try {
      signIn(request, response, wanted);
    } catch (RuntimeException e) {
      LOG.errorf(e, "request %s failed", CallContext.current().requestId());
      ProblemType type =
          SqlFailedException.isCauseOf(e) ? ProblemType.SIGN_IN_STORE : ProblemType.INTERNAL;
      refuse(response, type.status(), type.cause() + " " + type.fix(), wanted);
    }
  }

  private void signIn(HttpServletRequest request, HttpServletResponse response, ReturnPath wanted)
      throws IOException {
    CallContext context = CallContext.current();
    if (limits.take(LimitKind.SIGN_IN, RequestLimits.addressKey(context.address()))
        instanceof Permit.Denied denied) {
      response.setHeader("Retry-After", String.valueOf(denied.retryAfterSeconds()));
      refuse(response, 429, TOO_MANY, wanted);
      return;
    }
    String credential = Objects.requireNonNullElse(request.getParameter("credential"), "").strip();
    Optional<StartedSession> started = start(credential, request);
    if (started.isEmpty()) {
      denials.offer(
          AuditEntry.denied(AuditEventName.SIGN_IN_REFUSED, ProblemType.UNAUTHENTICATED), context);
      refuse(response, 401, refusal(credential), wanted);
      return;
    }
    cookies.write(response, started.get());
    goTo(wanted, response);
  }

  private void refuse(HttpServletResponse response, int status, String sentence, ReturnPath wanted)
      throws IOException {
    response.setStatus(status);
    page.signIn(response, getServletContext(), Message.ofKey(sentence), wanted);
  }

  private static void goTo(ReturnPath wanted, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", wanted.value());
  }

  private Optional<StartedSession> start(String credential, HttpServletRequest request) {
    String browser = request.getHeader("User-Agent");
    if (credential.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Secret secret = new Secret(credential);
    if (credential.startsWith(SignInLinks.PREFIX)) {
      return links.start(secret, browser);
    }
    return credential.startsWith(KEY_PREFIX) ? startByKey(secret, browser) : Optional.empty();
  }

  private Optional<StartedSession> startByKey(Secret key, String browser) {
    var credentials = new Credentials(key, null, CallContext.current().address(), true);
    return authenticators.authenticate(credentials) instanceof Known known
        ? Optional.of(sessions.start(known.actor(), null, browser))
        : Optional.empty();
  }

  private static String refusal(String credential) {
    return credential.startsWith(SignInLinks.PREFIX)
        ? "This link was used already or is older than ten minutes. Ask for a new one."
        : "That key is not valid. Check for missing characters, or ask an admin for a new one.";
  }
}
