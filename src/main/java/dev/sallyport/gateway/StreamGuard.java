package dev.sallyport.gateway;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.TrustSnapshot;
import dev.sallyport.appauth.verification.TokenVerifier;
import dev.sallyport.appauth.verification.Verdict;
import dev.sallyport.appsessions.LiveSession;
import dev.sallyport.appsessions.SessionCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/// Cuts the streams that a change of trust no longer allows. What a stream's token says was
// verified
/// when it came in; here it is held against today's rules.
@ApplicationScoped
class StreamGuard {
  @Inject SessionCache sessions;
  @Inject TokenVerifier verifier;

  void recheck(TrustSnapshot today) {
    List<LiveSession.RunningCall> stale =
        sessions.running().filter(call -> isStale(call, today)).toList();
    if (!stale.isEmpty()) {
      // The keys of an issuer may have to be fetched: not on the thread that hears of changes.
      Thread.startVirtualThread(() -> stale.forEach(call -> cutUnlessAllowed(call, today)));
    }
  }

  private static boolean isStale(LiveSession.RunningCall running, TrustSnapshot today) {
    return running instanceof GatewayCall call
        && today.app(call.token().trust().facts().name()) != call.token().trust();
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
