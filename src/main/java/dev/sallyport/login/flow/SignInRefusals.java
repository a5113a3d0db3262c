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
import dev.sallyport.persistence.SqlFailedException;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Says no: to a browser by the sign-in page, which knows a sentence for each code, to a script by
/// a problem of the same code. The audit hears of it either way. A failure of ours is a refusal,
/// too: nobody is signed in.
@ApplicationScoped
class SignInRefusals {
  private static final Logger LOG = Logger.getLogger(SignInRefusals.class);
  private static final Duration RETRY = Duration.ofSeconds(10);

  /// A call and its answer.
  record Http(HttpServletRequest request, HttpServletResponse response) {}

  /// Who wanted to go where.
  ///
  /// @param providerId as far as it is known
  record Attempt(@Nullable String providerId, ReturnPath wanted) {}

  @Inject DenialQueue denials;
  @Inject Providers providers;

  /// Answers whatever ended the attempt.
  void refuse(RuntimeException thrown, Attempt attempt, Http http) throws IOException {
    SallyportException refusal = refusal(thrown);
    denials.offer(entry(refusal, attempt.providerId), CallContext.current());
    send(refusal, attempt.wanted, http);
  }

  private static SallyportException refusal(RuntimeException thrown) {
    if (thrown instanceof SallyportException refusal) {
      return refusal;
    }
    LOG.errorf(thrown, "request %s failed", CallContext.current().requestId());
    return SqlFailedException.isCauseOf(thrown)
        ? SallyportException.retryAfter(ProblemType.SIGN_IN_STORE, RETRY)
        : new SallyportException(ProblemType.INTERNAL, ProblemType.INTERNAL.cause());
  }

  private static void send(SallyportException refusal, ReturnPath wanted, Http http)
      throws IOException {
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

  private AuditEntry entry(SallyportException refusal, @Nullable String providerId) {
    AuditEventName event = AuditEventName.OIDC_SIGN_IN_FAILED;
    boolean isOurs = refusal.type().status() >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    AuditEntry entry =
        (isOurs
                ? AuditEntry.failure(event, refusal.type().code())
                : AuditEntry.denied(event, refusal.type()))
            .with("detail", refusal.detail());
    return provider(providerId)
        .map(provider -> entry.on("oidc_provider", provider.id(), provider.name()))
        .orElse(entry);
  }

  private Optional<ProviderDetails> provider(@Nullable String id) {
    try {
      return id == null ? Optional.empty() : providers.byId(id);
    } catch (RuntimeException e) {
      return Optional.empty(); // the database is away, which may be what is to be said
    }
  }

  private static boolean wantsJson(HttpServletRequest request) {
    String accept = Objects.requireNonNullElse(request.getHeader("Accept"), "");
    return !accept.isBlank()
        && List.of(accept.split(",")).stream()
            .allMatch(type -> type.strip().matches("application/(problem\\+)?json(\\s*;.*)?"));
  }
}
