package dev.sallyport.consolesessions;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.CredentialReplaced;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Starts and ends console sessions, for those who have checked whom they let in or throw out.
@Stateless
@NoPermissionNeeded("Whoever calls has checked a credential, or the right to end.")
public class ConsoleSessions {
  static final String PREFIX = "ses-";
  private static final int MAX_USER_AGENT = 400;

  @Inject SessionStore store;
  @Inject SignedValues signed;
  @Inject Clock clock;
  @Inject Settings settings;
  @Inject AuditLog audit;

  /// Starts a session with a new id; one that this browser had before is over.
  public StartedSession start(Actor actor, @Nullable IdpSession idp, @Nullable String userAgent) {
    endReplaced();
    String id = RandomTokens.id(PREFIX);
    Secret csrf = RandomTokens.credential("");
    Instant now = clock.instant();
    Instant end = now.plus(settings.access().consoleSessionLifetime());
    CallContext context = CallContext.current();
    var row =
        new SessionRow(
            id,
            actor.kind(),
            actor.id(),
            actor.name(),
            idp == null ? null : idp.providerId(),
            idp == null ? null : idp.issuer(),
            context.address(),
            printable(userAgent),
            now,
            now,
            end,
            null);
    store.insert(row, idp, TokenHash.of(csrf.reveal()));
    new CallContext(actor, context.address(), context.requestId(), id)
        .run(() -> audit.record(started(row)));
    return new StartedSession(signed.sign(id), csrf, end);
  }

  private void endReplaced() {
    String old = CallContext.current().consoleSessionId();
    if (old != null) {
      end(old, SessionEnd.REPLACED);
    }
  }

  private static AuditEntry started(SessionRow row) {
    return AuditEntry.success(AuditEventName.SIGNED_IN)
        .on("console_session", shortened(row.id()), row.actorName())
        .with("provider", row.providerId());
  }

  private static String printable(@Nullable String userAgent) {
    String text = userAgent == null ? "" : userAgent.replaceAll("[^\\x20-\\x7e]", "");
    return text.substring(0, Math.min(text.length(), MAX_USER_AGENT));
  }

  /// Signs a browser out; answers what its identity provider knows of the session, if one does.
  public Optional<IdpSession> signOut(String id) {
    Optional<IdpSession> idp = store.idp(id);
    return end(id, SessionEnd.SIGNED_OUT) ? idp : Optional.empty();
  }

  /// What the identity provider said of a live session, which can't end before the caller's
  /// transaction has; empty when the session is over, or was not started by a provider.
  public Optional<IdpSession> hold(String id) {
    return store.holdLive(id);
  }

  /// The same without holding it.
  public Optional<IdpSession> signIn(String id) {
    return store.idp(id);
  }

  /// When a session ends at the latest.
  public Optional<Instant> latestEnd(String id) {
    return store.find(id).map(SessionRow::expiresAt);
  }

  /// Ends a session from a list; answers whether it was live.
  public boolean end(String id) {
    return end(id, SessionEnd.ENDED);
  }

  private boolean end(String id, SessionEnd reason) {
    boolean isEnded = !store.end(reason, "id = ?", id).isEmpty();
    if (isEnded) {
      audit.record(
          AuditEntry.success(AuditEventName.SIGNED_OUT)
              .on("console_session", shortened(id), name(id))
              .with("reason", reason.code()));
    }
    return isEnded;
  }

  private String name(String id) {
    return store.find(id).map(SessionRow::actorName).orElse(id);
  }

  /// Makes [#holdSignIns] of this issuer wait for the end of the caller's transaction.
  public void joinSignIns(String issuer) {
    store.lockSignIn(issuer);
  }

  /// Waits for sign-ins through this issuer that are under way; others wait until the caller's
  /// transaction has ended. To be taken before any other lock.
  public void holdSignIns(String issuer) {
    store.lockSignOut(issuer);
  }

  /// Ends what a person's sign-out at the identity provider ends (OpenID Connect Back-Channel
  /// Logout 1.0 section 2.7): the sessions of its `sid`, and those of the person that know of none.
  /// For the whole person, or without a `sid`, all of the person's.
  public int endOfPerson(
      String issuer, Set<String> subjects, @Nullable String sid, boolean wholePerson) {
    List<String> ended =
        store.end(
            SessionEnd.IDP_LOGOUT,
            """
            issuer = ? and (sid = ? or (subject = any(?) and (? or sid is null)))
            """,
            issuer,
            sid,
            subjects.toArray(String[]::new),
            wholePerson || sid == null);
    return told(ended, SessionEnd.IDP_LOGOUT, issuer);
  }

  /// Ends an actor's sessions but this one; answers how many.
  public int endOthers(Actor actor, @Nullable String kept) {
    List<String> ended =
        store.end(
            SessionEnd.ENDED,
            "actor_kind = ? and actor_id = ? and id is distinct from ?",
            actor.kind().code(),
            actor.id(),
            kept);
    return told(ended, SessionEnd.ENDED, actor.id());
  }

  /// Ends all sessions of an actor.
  public int endOf(ActorKind kind, String actorId) {
    List<String> ended =
        store.end(SessionEnd.ACTOR_GONE, "actor_kind = ? and actor_id = ?", kind.code(), actorId);
    return told(ended, SessionEnd.ACTOR_GONE, actorId);
  }

  /// Ends what was started with a credential that is worth nothing any more.
  public void replaced(@Observes CredentialReplaced event) {
    endOf(event.kind(), event.actorId());
  }

  /// Ends all sessions that were started through a provider.
  public int endOfProvider(String providerId) {
    List<String> ended = store.end(SessionEnd.PROVIDER_GONE, "provider_id = ?", providerId);
    return told(ended, SessionEnd.PROVIDER_GONE, providerId);
  }

  private int told(List<String> ended, SessionEnd reason, String whose) {
    if (!ended.isEmpty()) {
      audit.record(
          AuditEntry.success(AuditEventName.CONSOLE_SESSIONS_ENDED)
              .with("reason", reason.code())
              .with("of", whose)
              .with("count", ended.size()));
    }
    return ended.size();
  }

  static String shortened(String id) {
    return id.substring(0, Math.min(id.length(), PREFIX.length() + 8));
  }
}
