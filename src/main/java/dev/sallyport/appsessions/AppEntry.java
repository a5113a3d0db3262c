package dev.sallyport.appsessions;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.Refusals;
import dev.sallyport.appauth.verification.AppFacts;
import dev.sallyport.appauth.verification.RefusalFacts;
import dev.sallyport.appauth.verification.SignInFacts;
import dev.sallyport.appauth.verification.TokenVerifier;
import dev.sallyport.appauth.verification.Verdict;
import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.DenialQueue;
import dev.sallyport.authz.CallContext;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The cold way into an app, for the gateway and for REST: verify, then open or attach. Runs on
/// threads that may block, within a [CallContext].
@ApplicationScoped
public class AppEntry {
  @Inject TokenVerifier verifier;
  @Inject SessionOpener opener;
  @Inject SessionCache cache;
  @Inject Refusals refusals;
  @Inject DenialQueue denials;

  /// Presents a token at an app.
  public Entry enter(AppTrust trust, Secret rawToken, SessionOpener.Caller caller) {
    AppFacts app = trust.facts();
    String text = rawToken.reveal();
    Supplier<Boolean> attached = () -> opener.isAttached(app.id(), TokenHash.of(text));
    return switch (verifier.verify(app, trust.configs(), text, attached)) {
      case Verdict.Accepted(VerifiedToken token) -> open(trust, token, caller);
      case Verdict.Refused refused -> {
        refused(app, refused.code(), refused.facts(), caller);
        yield new Entry.Refused(refused.code(), refused.publicDetail(), refused.scopes());
      }
    };
  }

  /// Whether this very token belongs to a live session of the app.
  public boolean isLive(AppTrust trust, Secret rawToken) {
    return opener.isAttached(trust.facts().id(), TokenHash.of(rawToken.reveal()));
  }

  /// Whether an issuer that the app trusts signed this token for it, whatever else is wrong with
  /// it.
  public boolean isSigned(AppTrust trust, Secret rawToken) {
    return verifier.isSigned(trust.facts(), trust.configs(), rawToken.reveal());
  }

  /// Judges a sign-in in the browser by the app's rules; nothing is opened. A refusal is noted.
  public Verdict judge(AppTrust trust, SignInFacts signIn, SessionOpener.Caller caller) {
    Verdict verdict = verifier.admit(signIn, trust.facts(), trust.configs());
    if (verdict instanceof Verdict.Refused refused) {
      refused(trust.facts(), refused.code(), refused.facts(), caller);
    }
    return verdict;
  }

  /// Opens or attaches for a sign-in in the browser.
  public Entry enter(AppTrust trust, SignInFacts signIn, SessionOpener.Caller caller) {
    return switch (judge(trust, signIn, caller)) {
      case Verdict.Accepted(VerifiedToken token) -> open(trust, token, caller);
      case Verdict.Refused refused ->
          new Entry.Refused(refused.code(), refused.publicDetail(), refused.scopes());
    };
  }

  /// Takes a sign-in that opened this live session earlier, if it may still enter. Its session goes
  /// on or nothing does: it opens no other one.
  public Optional<LiveToken> comeBack(
      AppTrust trust, SignInFacts signIn, SessionDetails session, SessionOpener.Caller caller) {
    if (judge(trust, signIn, caller) instanceof Verdict.Accepted(VerifiedToken token)
        && SessionKey.of(trust.facts().id(), token).equals(session.key())) {
      opener.noteConfig(session, token.config());
      return Optional.of(cache.put(trust, token, session));
    }
    return Optional.empty();
  }

  private Entry open(AppTrust trust, VerifiedToken token, SessionOpener.Caller caller) {
    return switch (opener.open(trust.facts(), token, caller)) {
      case Opening.Opened(SessionDetails session, boolean isNew) ->
          new Entry.Admitted(cache.put(trust, token, session), session, isNew);
      case Opening.Refused(ProblemType code, String detail) -> {
        refused(trust.facts(), code, facts(token, code), caller);
        yield new Entry.Refused(code, detail, List.of());
      }
    };
  }

  private static RefusalFacts facts(VerifiedToken token, ProblemType code) {
    return new RefusalFacts(
        token.iss(),
        token.claims().stringList("aud"),
        token.subject(),
        null,
        token.client(),
        token.config().name(),
        code == ProblemType.TOKEN_BLOCKED ? "block" : "lifetime",
        "a sign-in after the end of the last session",
        String.valueOf(token.iat()));
  }

  private void refused(
      AppFacts app, ProblemType code, RefusalFacts facts, SessionOpener.Caller caller) {
    CallContext context = CallContext.current();
    refusals.offer(app, code, facts, caller.address(), context.requestId());
    denials.offer(
        AuditEntry.denied(AuditEventName.SESSION_REFUSED, code)
            .on("app", app.id(), app.name())
            .with("issuer", facts.iss())
            .with("subject", facts.sub())
            .with("client", facts.client())
            .with("check", facts.check())
            .with("remoteAddress", caller.remoteAddress()),
        context);
  }
}
