package dev.sallyport.gateway;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.TrustSnapshot;
import dev.sallyport.appauth.verification.TokenVerifier;
import dev.sallyport.appauth.verification.Verdict;
import dev.sallyport.appsessions.SessionCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Cuts the streams that a change of trust no longer allows. What a stream's token says was
/// verified when it came in; here it is held against today's rules.
@ApplicationScoped
class StreamGuard {
  private static final Logger LOG = Logger.getLogger(StreamGuard.class);

  @Inject SessionCache sessions;
  @Inject TokenVerifier verifier;

  /// Keys may have to be fetched: not on the thread that hears of changes. And apps don't wait for
  /// each other's issuers.
  void recheck(TrustSnapshot today) {
    sessions
        .running()
        .filter(GatewayCall.class::isInstance)
        .map(GatewayCall.class::cast)
        .filter(call -> !trust(call).decidesAs(today.app(name(call))))
        .collect(Collectors.groupingBy(StreamGuard::name))
        .values()
        .forEach(
            stale -> Thread.startVirtualThread(() -> stale.forEach(call -> recheck(call, today))));
  }

  private static AppTrust trust(GatewayCall call) {
    return call.token().trust();
  }

  private static String name(GatewayCall call) {
    return trust(call).facts().name();
  }

  // What can't be judged is not allowed; and it must not keep the others from being judged.
  private void recheck(GatewayCall call, TrustSnapshot today) {
    try {
      if (!isAllowed(call, today.app(name(call)))) {
        call.cut();
      }
    } catch (RuntimeException e) {
      call.exchange()
          .logFields()
          .run(() -> LOG.error("a stream could not be held against a change of trust", e));
      call.cut();
    }
  }

  private boolean isAllowed(GatewayCall call, @Nullable AppTrust today) {
    return today != null
        && verifier.reEvaluate(call.token().token(), today.facts(), today.configs())
            instanceof Verdict.Accepted;
  }
}
