package dev.sallyport.consolesessions;

import dev.sallyport.apikeys.ApiKeyService;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.persistence.Sql;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Starts, finds and ends console sessions, and makes the links that start one.
@Stateless
@NoPermissionNeeded("What is one's own needs no permission; a credential is checked instead.")
public class ConsoleSessionService {
  private static final Duration LINK_LIFETIME = Duration.ofMinutes(10);
  private static final Duration SEEN_STEP = Duration.ofMinutes(1);

  @Inject Sql sql;
  @Inject Clock clock;
  @Inject Settings settings;
  @Inject ApiKeyService keys;
  @Inject AuditLog audit;

  /// Makes a link secret that signs one browser in as the current actor.
  public Secret createLink() {
    Actor actor = CallContext.current().actor();
    if (actor.isAnonymous()) {
      throw new SallyportException(ProblemType.UNAUTHENTICATED, "This needs an API key.");
    }
    Secret link = RandomTokens.credential("sl_");
    sql.update(
        """
        insert into sign_in_link (hash, actor_kind, actor_id, actor_name, expires_at)
        values (?, ?, ?, ?, ?)
        """,
        TokenHash.of(link.reveal()).bytes(),
        actor.kind().code(),
        actor.id(),
        actor.name(),
        clock.instant().plus(LINK_LIFETIME));
    return link;
  }

  /// Consumes a link; empty when it is unknown, used or too old.
  public Optional<Secret> startByLink(Secret link, String userAgent) {
    return sql.first(
            "delete from sign_in_link where hash = ? and expires_at > ? returning actor_id",
            row -> row.text("actor_id"),
            TokenHash.of(link.reveal()).bytes(),
            clock.instant())
        .flatMap(keys::resolveId)
        .map(actor -> start(actor, userAgent));
  }

  /// Starts a session for whoever holds this key; empty when the key is not valid.
  public Optional<Secret> startByKey(Secret key, String userAgent) {
    return keys.resolve(key).map(actor -> start(actor, userAgent));
  }

  private Secret start(Actor actor, String userAgent) {
    CallContext context = CallContext.current();
    Secret cookie = RandomTokens.credential("cs_");
    String id = RandomTokens.id("ses_");
    Instant now = clock.instant();
    sql.update(
        """
        insert into console_session (id, hash, actor_kind, actor_id, actor_name, address,
          user_agent, started_at, last_seen_at, expires_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        id,
        TokenHash.of(cookie.reveal()).bytes(),
        actor.kind().code(),
        actor.id(),
        actor.name(),
        context.address(),
        userAgent,
        now,
        now,
        now.plus(settings.access().consoleSessionLifetime()));
    new CallContext(actor, context.address(), context.requestId())
        .run(
            () ->
                audit.record(
                    AuditEntry.success(AuditEventName.SIGNED_IN)
                        .on("console_session", id.substring(0, 8), actor.name())));
    return cookie;
  }

  /// The actor behind a cookie; empty when the session ended, went idle, or its key is gone.
  public Optional<Actor> resolve(Secret cookie) {
    Instant now = clock.instant();
    Optional<Found> found =
        sql.first(
            """
            select id, actor_id, last_seen_at from console_session
            where hash = ? and expires_at > ? and last_seen_at > ?
            """,
            row -> new Found(row.text("id"), row.text("actor_id"), row.instant("last_seen_at")),
            TokenHash.of(cookie.reveal()).bytes(),
            now,
            now.minus(settings.access().consoleSessionIdle()));
    found.filter(f -> f.seenAt().isBefore(now.minus(SEEN_STEP))).ifPresent(f -> touch(f.id(), now));
    return found.map(Found::actorId).flatMap(keys::resolveId);
  }

  private record Found(String id, String actorId, Instant seenAt) {}

  private void touch(String id, Instant now) {
    sql.update("update console_session set last_seen_at = ? where id = ?", now, id);
  }

  /// Ends the session of this cookie.
  public void end(Secret cookie) {
    int ended =
        sql.update(
            "delete from console_session where hash = ?", TokenHash.of(cookie.reveal()).bytes());
    if (ended > 0) {
      audit.record(AuditEntry.success(AuditEventName.SIGNED_OUT));
    }
  }
}
