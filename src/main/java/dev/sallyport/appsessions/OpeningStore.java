package dev.sallyport.appsessions;

import dev.sallyport.appauth.verification.ConfigFacts;
import dev.sallyport.appauth.verification.Grounds;
import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import dev.sallyport.persistence.SqlStatement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// What opening a session reads and writes, in as few trips as it can. Every method runs in the
/// caller's transaction.
@ApplicationScoped
class OpeningStore {
  private static final int TOKENS_PER_SESSION = 32;

  @Inject Sql sql;
  @Inject SessionStore sessions;

  /// What opening must know, read behind the locks that it takes.
  ///
  /// @param isBlocked whether a block keeps the token out
  /// @param live the session that the token belongs to
  /// @param firstOpening when this sign-in at the identity provider was first seen here; successors
  ///     inherit it, so that any session of the sign-in knows
  /// @param at the database's time behind the locks
  record Found(
      boolean isBlocked,
      Optional<SessionDetails> live,
      Optional<Instant> firstOpening,
      Instant at) {}

  /// Takes the locks of an opening and looks around behind them. `signedIn` is the time that blocks
  /// are held against.
  Found enter(SessionKey key, Instant signedIn) {
    return sql.first(
            "select e.*, clock_timestamp() as at from app_session_enter(?, ?, ?, ?, ?, ?, ?, ?) e",
            this::found,
            key.callerName(),
            key.appId(),
            key.issuer(),
            key.subject(),
            key.client(),
            key.sid(),
            key.act(),
            signedIn)
        .orElseThrow();
  }

  private Found found(Row row) throws SQLException {
    String live = row.textOrNull("live_id");
    return new Found(
        row.flag("is_blocked"),
        live == null ? Optional.empty() : sessions.liveById(live),
        Optional.ofNullable(row.instantOrNull("first_opening")),
        row.instant("at"));
  }

  SqlStatement insertion(SessionDetails s, Instant basis, boolean hasAuthTime) {
    return SqlStatement.of(
        """
        insert into app_session (id, app_id, app_name, config_id, config_name, issuer, subject,
          username, client, sid, act, address, opened_by, basis_at, started_at, absolute_end,
          idle_seconds, expires_at, last_seen_at, issuer_lead_seconds, has_auth_time, look_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        s.id(),
        s.appId(),
        s.app(),
        s.configId(),
        s.config(),
        s.issuer(),
        s.subject(),
        s.username(),
        s.client(),
        s.sid(),
        s.act(),
        s.address(),
        s.openedBy(),
        basis,
        s.startedAt(),
        s.absoluteEnd(),
        s.idleSeconds(),
        s.expiresAt(),
        s.lastSeenAt(),
        s.issuerLeadSeconds(),
        hasAuthTime,
        s.overAt());
  }

  /// Keeps the hash with the session, and on what the token was let in.
  SqlStatement attachment(SessionDetails session, VerifiedToken token, Grounds grounds) {
    return SqlStatement.of(
        """
        insert into app_session_token (hash, session_id, app_id, expires_at, attached_at, rules,
          key_thumbprint)
        values (?, ?, ?, ?, clock_timestamp(), ?, ?)
        on conflict (hash, app_id) do update set session_id = excluded.session_id,
          expires_at = excluded.expires_at, attached_at = excluded.attached_at,
          rules = excluded.rules, key_thumbprint = excluded.key_thumbprint
        """,
        token.hash().bytes(),
        session.id(),
        session.appId(),
        token.exp(),
        grounds.rules(),
        grounds.keyThumbprint());
  }

  /// Of each session only the tokens that live longest are kept.
  SqlStatement onlyNewestTokens(String sessionId) {
    return SqlStatement.of(
        """
        delete from app_session_token where session_id = ? and hash in (
          select hash from app_session_token where session_id = ?
          order by expires_at desc, hash offset ?)
        """,
        sessionId,
        sessionId,
        TOKENS_PER_SESSION);
  }

  /// Stretches the session to a new token's end, never beyond its absolute one. From now on it is
  /// the config's that let this token in.
  SqlStatement extension(String sessionId, VerifiedToken token, int issuerLead) {
    return SqlStatement.of(
        """
        update app_session set expires_at = least(absolute_end, greatest(expires_at, ?)),
          last_seen_at = greatest(last_seen_at, clock_timestamp()),
          issuer_lead_seconds = greatest(issuer_lead_seconds, ?),
          config_id = ?, config_name = ? where id = ?
        """,
        token.exp(),
        issuerLead,
        token.config().id(),
        token.config().name(),
        sessionId);
  }

  void noteConfig(String sessionId, ConfigFacts config) {
    sql.update(
        "update app_session set config_id = ?, config_name = ? where id = ?",
        config.id(),
        config.name(),
        sessionId);
  }
}
