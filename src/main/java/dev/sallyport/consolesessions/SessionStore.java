package dev.sallyport.consolesessions;

import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.crypto.Vault;
import dev.sallyport.keyring.EncryptedColumn;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table of console sessions.
@ApplicationScoped
class SessionStore {
  // Nodes only look again at who views a page: for many sessions they look at everybody.
  private static final int MOST_TOLD = 20;

  @Inject Sql sql;
  @Inject Vault vault;
  @Inject Clock clock;
  @Inject Changes changes;
  @Inject SessionUse use;
  @Inject Event<ConsoleSessionsEnded> ended;

  /// Sign-ins through an issuer share this lock; a sign-out there takes it alone.
  void lockSignIn(String issuer) {
    sql.lockShared(lockOf(issuer));
  }

  void lockSignOut(String issuer) {
    sql.lock(lockOf(issuer));
  }

  private static String lockOf(String issuer) {
    return "sign-ins:" + issuer;
  }

  void insert(SessionRow row, @Nullable IdpSession idp, TokenHash csrf) {
    Secret idToken = idp == null ? null : idp.idToken();
    Secret claims = idp == null ? null : idp.claims();
    sql.update(
        """
        insert into console_session (id, actor_kind, actor_id, actor_name, provider_id, issuer,
          subject, sid, id_token, claims, csrf_hash, address, user_agent, started_at, last_seen_at,
          expires_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        row.id(),
        row.actorKind().code(),
        row.actorId(),
        row.actorName(),
        row.providerId(),
        row.issuer(),
        idp == null ? null : idp.subject(),
        idp == null ? null : idp.sid(),
        idToken == null ? null : vault.encrypt(idToken, idToken(row.id())),
        claims == null ? null : vault.encrypt(claims, claims(row.id())),
        csrf.bytes(),
        row.address(),
        row.userAgent(),
        row.startedAt(),
        row.lastSeenAt(),
        row.expiresAt());
  }

  /// The session, also one that is over.
  Optional<SessionRow> find(String id) {
    return sql.first(
            "select " + SessionRow.COLUMNS + " from console_session where id = ?",
            SessionRow::read,
            id)
        .map(this::withUse);
  }

  private SessionRow withUse(SessionRow row) {
    return use.since(row.id(), row.lastSeenAt()).map(row::seenAt).orElse(row);
  }

  Optional<TokenHash> csrfHash(String id) {
    return sql.first(
        "select encode(csrf_hash, 'hex') as hash from console_session where id = ?",
        row -> TokenHash.ofHex(row.text("hash")),
        id);
  }

  /// What the identity provider said of a session; empty when none was part of it.
  Optional<IdpSession> idp(String id) {
    return sql.first(
        """
        select id, provider_id, issuer, subject, sid, id_token, claims from console_session
        where id = ? and provider_id is not null
        """,
        this::idpOf,
        id);
  }

  private IdpSession idpOf(Row row) throws SQLException {
    String id = row.text("id");
    String idToken = row.textOrNull("id_token");
    String claims = row.textOrNull("claims");
    return new IdpSession(
        row.text("provider_id"),
        row.text("issuer"),
        row.text("subject"),
        row.textOrNull("sid"),
        idToken == null ? null : vault.decrypt(idToken, idToken(id)),
        claims == null ? null : vault.decrypt(claims, claims(id)));
  }

  /// The same of a live session, which can't end before the caller's transaction has.
  Optional<IdpSession> holdLive(String id) {
    return sql.first(
        """
        select id, provider_id, issuer, subject, sid, id_token, claims from console_session
        where id = ? and provider_id is not null and ended_at is null and expires_at > ?
        for share
        """,
        this::idpOf,
        id,
        clock.instant());
  }

  /// Ends the live sessions that a condition matches, tells every node, and answers their ids.
  List<String> end(SessionEnd reason, String condition, @Nullable Object... arguments) {
    List<@Nullable Object> all = new ArrayList<>();
    all.add(clock.instant());
    all.add(reason.code());
    for (Object argument : arguments) {
      all.add(argument);
    }
    List<String> ids =
        sql.query(
            "update console_session set ended_at = ?, end_reason = ?, id_token = null, claims = null"
                + " where ended_at is null and "
                + condition
                + " returning id",
            row -> row.text("id"),
            all.toArray());
    changes.tell(
        Change.Kind.CONSOLE_SESSION_ENDED, ids.size() > MOST_TOLD ? List.of(Change.ALL) : ids);
    if (!ids.isEmpty()) {
      ended.fire(new ConsoleSessionsEnded(ids));
    }
    return ids;
  }

  @Produces
  EncryptedColumn idTokens() {
    return new EncryptedColumn("console_session", "id", "id_token");
  }

  @Produces
  EncryptedColumn claims() {
    return new EncryptedColumn("console_session", "id", "claims");
  }

  private static Vault.Place idToken(String id) {
    return new Vault.Place("console_session", id, "id_token");
  }

  private static Vault.Place claims(String id) {
    return new Vault.Place("console_session", id, "claims");
  }
}
