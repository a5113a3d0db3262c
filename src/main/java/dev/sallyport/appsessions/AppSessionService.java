package dev.sallyport.appsessions;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.Trust;
import dev.sallyport.appauth.verification.Grounds;
import dev.sallyport.appauth.verification.TokenVerifier;
import dev.sallyport.apps.AppService;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Access;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.authz.Scope;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Slice;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Shows sessions and ends them.
@Stateless
public class AppSessionService {
  @Inject Clock clock;
  @Inject SessionStore sessions;
  @Inject SessionList list;
  @Inject SessionEnding ending;
  @Inject BulkEnd bulk;
  @Inject AuditLog audit;
  @Inject Access access;
  @Inject AppService apps;
  @Inject Trust trust;
  @Inject TokenVerifier verifier;

  @RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
  public Page<SessionDetails> page(
      SessionFilter filter, SessionSort sort, @Nullable Cursor after, int limit) {
    return list.page(narrowed(filter), sort, after, limit);
  }

  @RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
  public List<SessionDetails> slice(SessionFilter filter, SessionSort sort, int offset, int limit) {
    return list.slice(narrowed(filter), sort, new Slice(offset, limit));
  }

  @RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
  public long count(SessionFilter filter) {
    return list.count(narrowed(filter));
  }

  private SessionFilter narrowed(SessionFilter filter) {
    return narrowed(filter, Permission.APP_SESSION_READ);
  }

  private SessionFilter narrowed(SessionFilter filter, Permission permission) {
    Scope scope = access.scope(permission);
    return scope.isEverything() ? filter : filter.within(apps.idsIn(scope));
  }

  @RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
  public SessionDetails get(String id) {
    return find(id, Permission.APP_SESSION_READ);
  }

  private SessionDetails find(String id, Permission permission) {
    SessionDetails session = sessions.byId(id).orElseThrow(() -> notFound(id));
    access.requireWithin(
        permission, Permission.APP_SESSION_READ, s -> covers(s, session), () -> notFound(id));
    return session;
  }

  private boolean covers(Scope scope, SessionDetails session) {
    return scope.isEverything() || apps.idsIn(scope).contains(session.appId());
  }

  /// The live session of a token, by its hash, as long as the gateway would let the token in for
  /// what it was let in for last. After a change of that, the token has to be presented again.
  /// An app outside of the caller's scope is as good as none.
  @RequiresPermission(value = Permission.APP_SESSION_LOOKUP, scoped = true)
  public Optional<SessionDetails> lookup(String appName, TokenHash hash) {
    AppTrust app = trust.current().app(appName);
    if (app == null || !access.scope(Permission.APP_SESSION_LOOKUP).covers(app.facts().labels())) {
      throw new SallyportException(ProblemType.APP_NOT_FOUND, ProblemType.APP_NOT_FOUND.cause());
    }
    Instant now = clock.instant();
    return sessions
        .byToken(app.facts().id(), hash, now)
        .filter(attached -> stands(attached, app))
        .map(SessionStore.Attached::session)
        .filter(session -> session.endedAt() == null && !session.isOver(now));
  }

  private boolean stands(SessionStore.Attached attached, AppTrust app) {
    SessionDetails session = attached.session();
    Grounds grounds = attached.grounds();
    if (grounds == null) {
      // Presented to a node of the version before: known is only which config let it in.
      return app.configs().stream().anyMatch(config -> config.id().equals(session.configId()));
    }
    return verifier.stands(grounds, session.issuer(), app.facts(), app.configs());
  }

  /// Whether one of these may return by refresh: its tokens name neither the sign-in (`sid`) nor
  /// its time (`auth_time`), so that a refreshed one looks like a new sign-in.
  @RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
  public boolean mayReturn(List<String> ids) {
    ids.forEach(id -> find(id, Permission.APP_SESSION_READ));
    return sessions.withoutSignIn(ids) > 0;
  }

  /// Ends one session and blocks its return; an ended one is blocked, too.
  @RequiresPermission(value = Permission.APP_SESSION_REVOKE, scoped = true)
  public SessionDetails end(String id) {
    SessionDetails session = find(id, Permission.APP_SESSION_REVOKE);
    sessions.lockForOpening(session.key());
    String by = CallContext.current().actor().name();
    List<SessionDetails> ended =
        ending.end(List.of(session), Ending.untilNewSignIn(EndReason.REVOKED, by));
    if (!ended.isEmpty()) {
      audit.record(
          AuditEntry.success(AuditEventName.SESSION_ENDED)
              .on("app_session", id.substring(0, Math.min(12, id.length())), session.username())
              .ofApp(session.appId())
              .with("app", session.app())
              .with("issuer", session.issuer())
              .with("subject", session.subject())
              .with("client", session.client())
              .with("openedThroughIt", ended.size() - 1));
    }
    return sessions.byId(id).orElseThrow();
  }

  /// The same, and refuses new tokens of this person with this client at this app, too: until then,
  /// or until somebody lifts the block. For issuers whose tokens don't tell a refresh from a new
  /// sign-in.
  @RequiresPermission(value = Permission.APP_SESSION_REVOKE, scoped = true)
  public SessionDetails endAndBlock(String id, @Nullable Instant until) {
    SessionDetails ended = end(id);
    String by = CallContext.current().actor().name();
    Ending blocking = Ending.until(until, EndReason.BLOCKED, by);
    String block = ending.block(List.of(Whom.callerOf(ended)), List.of(), blocking).getFirst();
    audit.record(
        AuditEntry.success(AuditEventName.BLOCK_CREATED)
            .on("block", block, ended.username())
            .ofApp(ended.appId())
            .with("app", ended.app())
            .with("issuer", ended.issuer())
            .with("subject", ended.subject())
            .with("client", ended.client())
            .with("until", until));
    return ended;
  }

  /// Ends every live session that the filter matches and that had started by `asOf`; of a person,
  /// blocks what is not open yet, too. Refuses when more match than the caller has seen.
  @RequiresPermission(value = Permission.APP_SESSION_REVOKE_MANY, scoped = true)
  public int endMany(SessionFilter wanted, @Nullable Instant asOf, @Nullable Long expectedCount) {
    SessionFilter filter = narrowed(wanted, Permission.APP_SESSION_REVOKE_MANY);
    if (filter.isEmpty()) {
      throw new SallyportException(
          ProblemType.FILTER_EMPTY,
          "Give at least one of app, config, user, issuer, subject, client.");
    }
    String by = CallContext.current().actor().name();
    int ended = bulk.end(filter, new BulkEnd.Seen(asOf, expectedCount), by);
    audit.record(
        AuditEntry.success(AuditEventName.SESSIONS_ENDED)
            .with("count", ended)
            .with("app", filter.app())
            .with("config", filter.config())
            .with("user", filter.user())
            .with("issuer", filter.issuer())
            .with("subject", filter.subject())
            .with("client", filter.client()));
    return ended;
  }

  private static SallyportException notFound(String id) {
    return new SallyportException(ProblemType.NOT_FOUND, "There is no session " + id + ".");
  }
}
