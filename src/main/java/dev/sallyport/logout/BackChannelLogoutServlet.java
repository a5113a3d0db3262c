package dev.sallyport.logout;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.DenialQueue;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.cluster.ChangeFeed;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.SqlFailedException;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.Permit;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// `POST /auth/oidc/back-channel-logout`.
@WebServlet("/auth/oidc/back-channel-logout")
@PublicEndpoint("The logout token is the credential.")
public class BackChannelLogoutServlet extends HttpServlet {
  private static final Logger LOG = Logger.getLogger(BackChannelLogoutServlet.class);

  @Inject LogoutVerifier verifier;
  @Inject BackChannelLogout logout;
  @Inject RequestLimits limits;
  @Inject DenialQueue denials;
  @Inject ChangeFeed feed;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // Section 2.8: the answer, whatever it is, must not be stored.
    response.setHeader("Cache-Control", "no-store");
    if (!request.getMethod().equals("POST")) {
      response.setHeader("Allow", "POST");
      answer(response, ProblemType.METHOD_NOT_ALLOWED, "The endpoint takes POST.");
      return;
    }
    String address = RequestLimits.addressKey(CallContext.current().address());
    // Only refusals count by address: all good logouts of a provider come from one.
    if (limits.peek(LimitKind.REFUSED_LOGOUT, address) instanceof Permit.Denied denied) {
      tooMany(response, denied);
      return;
    }
    Optional<String> token = LogoutForm.token(request);
    if (token.isEmpty()) {
      refuse(response, new LogoutVerdict.Refused(ProblemType.LOGOUT_FORM));
      return;
    }
    try {
      take(token.get(), response);
    } catch (RuntimeException e) {
      failed(response, e);
    }
  }

  private void take(String token, HttpServletResponse response) throws IOException {
    switch (verifier.verify(token)) {
      case LogoutVerdict.Refused refused -> refuse(response, refused);
      case LogoutVerdict.Accepted(LogoutToken logoutToken) -> end(logoutToken, response);
    }
  }

  private void end(LogoutToken token, HttpServletResponse response) throws IOException {
    if (limits.take(LimitKind.BACK_CHANNEL_LOGOUT, token.party().id())
        instanceof Permit.Denied denied) {
      tooMany(response, denied);
      return;
    }
    endOrRetry(token);
    feed.catchUp();
    response.setStatus(HttpServletResponse.SC_OK);
  }

  // An app that is being opened from the same sign-in may hold what the logout waits for, and wait
  // for what it holds. Not every provider would come again.
  private void endOrRetry(LogoutToken token) {
    try {
      logout.end(token);
    } catch (RuntimeException e) {
      if (!SqlFailedException.isDeadlock(e)) {
        throw e;
      }
      logout.end(token);
    }
  }

  private void refuse(HttpServletResponse response, LogoutVerdict.Refused refused)
      throws IOException {
    CallContext context = CallContext.current();
    if (refused.code().status() == HttpServletResponse.SC_BAD_REQUEST) {
      limits.take(LimitKind.REFUSED_LOGOUT, RequestLimits.addressKey(context.address()));
    }
    denials.offer(
        AuditEntry.denied(AuditEventName.BACK_CHANNEL_LOGOUT_REFUSED, refused.code()), context);
    answer(response, refused.code(), refused.detail());
  }

  private static void tooMany(HttpServletResponse response, Permit.Denied denied)
      throws IOException {
    response.setHeader("Retry-After", String.valueOf(denied.retryAfterSeconds()));
    answer(response, ProblemType.TOO_MANY_REQUESTS, ProblemType.TOO_MANY_REQUESTS.cause());
  }

  // The provider tries again: nothing was used up.
  private static void failed(HttpServletResponse response, RuntimeException thrown)
      throws IOException {
    LOG.errorf(thrown, "request %s failed", CallContext.current().requestId());
    response.setHeader("Retry-After", "10");
    ProblemType type =
        SqlFailedException.isCauseOf(thrown) ? ProblemType.NOT_CURRENT : ProblemType.INTERNAL;
    answer(response, type, "The logout could not be done; try again.");
  }

  // Section 2.8 asks for the form of OAuth's errors (RFC 6749 section 5.2).
  private static void answer(HttpServletResponse response, ProblemType type, String detail)
      throws IOException {
    response.setStatus(type.status());
    response.setContentType("application/json");
    response
        .getOutputStream()
        .write(
            Json.write(
                    Map.of(
                        "error", error(type),
                        "error_description", detail,
                        "code", type.code()))
                .getBytes(StandardCharsets.UTF_8));
  }

  private static String error(ProblemType type) {
    return switch (type.status()) {
      case 429, 503 -> "temporarily_unavailable";
      case 500 -> "server_error";
      default -> "invalid_request";
    };
  }
}
