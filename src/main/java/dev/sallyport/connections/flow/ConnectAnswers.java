package dev.sallyport.connections.flow;

import dev.sallyport.api.Problem;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.DenialQueue;
import dev.sallyport.authz.CallContext;
import dev.sallyport.persistence.Json;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/// Leads a browser on, or says no: to a browser by a page, to a script by a problem of the same
/// code. The audit hears of every refusal.
@ApplicationScoped
class ConnectAnswers {
  /// A call and its answer.
  record Http(HttpServletRequest request, HttpServletResponse response) {}

  @Inject ConnectPages pages;
  @Inject ConnectCookies cookies;
  @Inject DenialQueue denials;

  /// @param wish what the sign-in leads back to, and the form asks for again
  void step(ConnectStep step, ConnectWish wish, Http http) throws IOException {
    switch (step) {
      case ConnectStep.SignIn() -> redirect(signIn(wish), http.response);
      case ConnectStep.Ask ask -> pages.ask(ask, wish, http);
      default -> step(step, http);
    }
  }

  /// A step that needs nobody's wish again.
  void step(ConnectStep step, Http http) throws IOException {
    switch (step) {
      case ConnectStep.Go go -> {
        cookies.set(go, http.request, http.response);
        // Browsers count a redirect as a part of the form, whose target the policy limits.
        if (http.request.getMethod().equals("POST")) {
          pages.onward(go.goTo(), http);
        } else {
          redirect(go.goTo().toString(), http.response);
        }
      }
      case ConnectStep.Done done when done.returnTo() != null -> {
        String target = ReturnTargets.withServer(done.returnTo(), done.app());
        redirect(target, http.response);
      }
      case ConnectStep.Done done -> pages.done(done, http);
      default -> throw new IllegalStateException("a step that needs a wish: " + step);
    }
  }

  /// Loads this path of ours from a page of ours.
  void reload(String path, Http http) throws IOException {
    pages.onward(URI.create(path), http);
  }

  void declined(Http http) throws IOException {
    pages.declined(http);
  }

  void refused(SallyportException refusal, Http http) throws IOException {
    ProblemType type = refusal.type();
    CallContext context = CallContext.current();
    AuditEntry entry = AuditEntry.denied(AuditEventName.CONNECTION_REFUSED, type);
    denials.offer(entry.with("detail", refusal.detail()), context);
    HttpServletResponse response = http.response;
    response.setStatus(type.status());
    Duration wait = refusal.retryAfter();
    if (wait != null) {
      response.setHeader("Retry-After", String.valueOf(Math.max(1, wait.toSeconds())));
    }
    if (wantsJson(http.request)) {
      response.setHeader("Cache-Control", "no-store");
      response.setContentType(Problem.MEDIA_TYPE);
      var problem = Problem.of(type, refusal.detail(), context.requestId(), refusal.errors());
      response.getOutputStream().write(Json.write(problem).getBytes(StandardCharsets.UTF_8));
    } else {
      pages.refused(type, refusal.detail(), http);
    }
  }

  private static String signIn(ConnectWish wish) {
    return "/auth/sign-in?return_to=" + URLEncoder.encode(wish.path(), StandardCharsets.UTF_8);
  }

  private static void redirect(String target, HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", target);
  }

  private static boolean wantsJson(HttpServletRequest request) {
    String accept = Objects.requireNonNullElse(request.getHeader("Accept"), "");
    return accept.contains("json") && !accept.contains("html");
  }
}
