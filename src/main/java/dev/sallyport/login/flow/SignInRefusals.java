package dev.sallyport.login.flow;

import dev.sallyport.api.Problem;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.DenialQueue;
import dev.sallyport.authz.CallContext;
import dev.sallyport.consolesessions.signin.ReturnPath;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.Providers;
import dev.sallyport.persistence.Json;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Says no: to a browser by the sign-in page, which knows a sentence for each code, to a script by
/// a problem of the same code. The audit hears of it either way.
@ApplicationScoped
class SignInRefusals {
  /// A call and its answer.
  record Http(HttpServletRequest request, HttpServletResponse response) {}

  @Inject DenialQueue denials;
  @Inject Providers providers;

  void send(SallyportException refusal, ReturnPath wanted, Http http) throws IOException {
    HttpServletResponse response = http.response;
    response.setHeader("Cache-Control", "no-store");
    ProblemType type = refusal.type();
    if (wantsJson(http.request)) {
      response.setStatus(type.status());
      refusal
          .retryAfterSeconds()
          .ifPresent(seconds -> response.setHeader("Retry-After", String.valueOf(seconds)));
      response.setContentType(Problem.MEDIA_TYPE);
      String requestId = CallContext.current().requestId();
      Problem problem = Problem.of(type, refusal.detail(), requestId, refusal.errors());
      response.getOutputStream().write(Json.write(problem).getBytes(StandardCharsets.UTF_8));
    } else {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", signInPage(type, wanted));
    }
  }

  private static String signInPage(ProblemType type, ReturnPath wanted) {
    String page = "/auth/sign-in?reason=" + type.code();
    return wanted.equals(ReturnPath.HOME)
        ? page
        : page + "&return_to=" + URLEncoder.encode(wanted.value(), StandardCharsets.UTF_8);
  }

  void audit(SallyportException refusal, @Nullable String providerId) {
    CallContext context = CallContext.current();
    denials.offer(entry(AuditEventName.OIDC_SIGN_IN_FAILED, refusal, providerId), context);
  }

  private AuditEntry entry(
      AuditEventName event, SallyportException refusal, @Nullable String providerId) {
    AuditEntry entry = AuditEntry.denied(event, refusal.type()).with("detail", refusal.detail());
    ProviderDetails provider = providerId == null ? null : providers.byId(providerId).orElse(null);
    return provider == null ? entry : entry.on("oidc_provider", provider.id(), provider.name());
  }

  private static boolean wantsJson(HttpServletRequest request) {
    String accept = Objects.requireNonNullElse(request.getHeader("Accept"), "");
    return !accept.isBlank()
        && List.of(accept.split(",")).stream()
            .allMatch(type -> type.strip().matches("application/(problem\\+)?json(\\s*;.*)?"));
  }
}
