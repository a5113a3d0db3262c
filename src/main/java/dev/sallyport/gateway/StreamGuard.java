package dev.sallyport.gateway;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.TrustSnapshot;
import dev.sallyport.appauth.verification.TokenVerifier;
import dev.sallyport.appauth.verification.Verdict;
import dev.sallyport.appsessions.LiveSession;
import dev.sallyport.appsessions.SessionCache;
import dev.sallyport.logging.LogFields;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;

/// Cuts the streams that a change of trust no longer allows. What a stream's token says was
/// verified when it came in; here it is held against today's rules.
@ApplicationScoped
class StreamGuard {
  private static final Logger LOG = Logger.getLogger(StreamGuard.class);

  @Inject SessionCache sessions;
  @Inject TokenVerifier verifier;

  void recheck(TrustSnapshot today) {
    List<LiveSession.RunningCall> stale =
        sessions.running().filter(call -> isStale(call, today)).toList();
    if (!stale.isEmpty()) {
      // The keys of an issuer may have to be fetched: not on the thread that hears of changes.
      Thread.startVirtualThread(() -> stale.forEach(call -> recheck(call, today)));
    }
  }

  private static boolean isStale(LiveSession.RunningCall running, TrustSnapshot today) {
    return running instanceof GatewayCall call
        && today.app(call.token().trust().facts().name()) != call.token().trust();
  }

  // What can't be judged is not allowed; and it must not keep the others from being judged.
  private void recheck(LiveSession.RunningCall call, TrustSnapshot today) {
    try {
      cutUnlessAllowed(call, today);
    } catch (RuntimeException e) {
      fields(call).run(() -> LOG.error("a stream could not be held against a change of trust", e));
      call.cut();
    }
  }

  private static LogFields fields(LiveSession.RunningCall running) {
    return running instanceof GatewayCall call ? call.exchange().logFields() : LogFields.NONE;
  }

  private void cutUnlessAllowed(LiveSession.RunningCall running, TrustSnapshot today) {
    if (running instanceof GatewayCall call) {
      AppTrust trust = today.app(call.token().trust().facts().name());
      boolean isAllowed =
          trust != null
              && verifier.reEvaluate(call.token().token(), trust.facts(), trust.configs())
                  instanceof Verdict.Accepted;
      if (!isAllowed) {
        call.cut();
      }
    }
  }
}
