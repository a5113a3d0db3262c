package dev.sallyport.appsessions;

import dev.sallyport.appauth.verification.AppFacts;
import dev.sallyport.appauth.verification.ConfigFacts;
import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.persistence.Sql;
import dev.sallyport.persistence.SqlStatement;
import dev.sallyport.problem.ProblemType;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens a session for a verified token, or attaches the token to the one that is live. Calls on
/// any node converge on one session, because they take the same lock before they look.
@Stateless
@NoPermissionNeeded("The token is the permission; REST checks its own before.")
public class SessionOpener {
  // The verifier grants a leeway for clocks; a session can't live in it.
  private static final Opening TOKEN_EXPIRED =
      new Opening.Refused(ProblemType.TOKEN_EXPIRED, ProblemType.TOKEN_EXPIRED.cause());
  private static final Opening BLOCKED =
      new Opening.Refused(
          ProblemType.TOKEN_BLOCKED,
          "This access was ended; sign in again at your identity provider.");
  private static final Opening ANCESTOR_ENDED =
      new Opening.Refused(
          ProblemType.SESSION_ENDED, "The session that this assertion speaks for has ended.");
  private static final Opening LIFETIME_OVER =
      new Opening.Refused(
          ProblemType.SESSION_ENDED,
          "The session's lifetime, counted from the sign-in, is over; sign in again.");

  @Inject Clock clock;
  @Inject Sql sql;
  @Inject SessionStore sessions;
  @Inject OpeningStore openings;
  @Inject Ancestry ancestry;
  @Inject Changes changes;
  @Inject AuditLog audit;

  /// Who asks: the client's address, and who presents its token when that is somebody else.
  public record Caller(String address, @Nullable String openedBy) {
    /// The client's address where it is not the one that the current call came from.
    @Nullable String remoteAddress() {
      return address.equals(CallContext.current().address()) ? null : address;
    }
  }

  /// Whether this very token belongs to a live session of the app.
  public boolean isAttached(String appId, TokenHash hash) {
    return live(appId, hash).isPresent();
  }

  /// The live session of the app that this very token belongs to.
  public Optional<SessionDetails> live(String appId, TokenHash hash) {
    Instant now = clock.instant();
    return sessions
        .byToken(appId, hash, now)
        .map(SessionStore.Attached::session)
        .filter(s -> s.endedAt() == null && !s.isOver(now));
  }

  /// Opens or attaches.
  public Opening open(AppFacts app, VerifiedToken token, Caller caller) {
    SessionKey key = SessionKey.of(app.id(), token);
    List<String> ancestors = ancestry.lock(key);
    OpeningStore.Found found = openings.enter(key, BlockStore.signedIn(token));
    Instant now = clock.instant();
    if (!now.isBefore(token.exp())) {
      return TOKEN_EXPIRED;
    }
    if (found.isBlocked()) {
      return BLOCKED;
    }
    // What is over must be so by both clocks: a node that was set ahead ends nothing.
    Instant agreed = Sql.earlier(now, found.at());
    if (!ancestry.areLive(ancestors, agreed)) {
      return ANCESTOR_ENDED;
    }
    Presented presented = new Presented(app, token, caller, found.at());
    Optional<SessionDetails> live = found.live();
    if (live.isPresent() && !live.get().isOver(agreed)) {
      return attach(live.get(), presented);
    }
    live.ifPresent(over -> end(over, agreed));
    return openNew(presented, presented.basis(found.firstOpening()), agreed);
  }

  private Opening openNew(Presented presented, Instant basis, Instant agreed) {
    VerifiedToken token = presented.token();
    Instant absoluteEnd = basis.plus(token.config().sessionLifetime());
    if (!agreed.isBefore(absoluteEnd)) {
      return LIFETIME_OVER;
    }
    SessionDetails session = presented.session(absoluteEnd);
    audit.recordWith(
        List.of(
            openings.insertion(session, basis, token.authTime() != null),
            openings.attachment(session, token, presented.grounds())),
        entry(AuditEventName.SESSION_OPENED, session, presented.caller()));
    return new Opening.Opened(session, true);
  }

  private Opening attach(SessionDetails live, Presented presented) {
    VerifiedToken token = presented.token();
    List<SqlStatement> changes =
        List.of(
            openings.attachment(live, token, presented.grounds()),
            openings.onlyNewestTokens(live.id()),
            openings.extension(live.id(), token, presented.lead()));
    // A node that has forgotten its tokens is told again of those that it knew: no news.
    if (presented.caller().openedBy() == null && isKnown(live, presented)) {
      sql.together(changes);
    } else {
      audit.recordWith(changes, entry(AuditEventName.SESSION_JOINED, live, presented.caller()));
    }
    return new Opening.Opened(sessions.byId(live.id()).orElseThrow(), false);
  }

  private boolean isKnown(SessionDetails live, Presented presented) {
    return sessions
        .byToken(live.appId(), presented.token().hash(), presented.at())
        .filter(attached -> attached.session().id().equals(live.id()))
        .isPresent();
  }

  /// Notes that another config lets a session go on.
  public void noteConfig(SessionDetails session, ConfigFacts config) {
    if (!session.configId().equals(config.id())) {
      openings.noteConfig(session.id(), config);
    }
  }

  private void end(SessionDetails over, Instant now) {
    EndReason reason = over.isIdle(now) ? EndReason.IDLE : EndReason.EXPIRED;
    if (sessions.end(over.id(), now, reason, "system")) {
      changes.tell(Change.Kind.SESSION_ENDED, List.of(over.id()));
    }
  }

  private static AuditEntry entry(AuditEventName event, SessionDetails session, Caller caller) {
    return AuditEntry.success(event)
        .on("app_session", session.id().substring(0, 12), session.username())
        .ofApp(session.appId())
        .with("app", session.app())
        .with("config", session.config())
        .with("issuer", session.issuer())
        .with("subject", session.subject())
        .with("client", session.client())
        .with("remoteAddress", caller.remoteAddress());
  }
}
