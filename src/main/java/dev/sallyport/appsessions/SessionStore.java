package dev.sallyport.appsessions;

import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import dev.sallyport.persistence.SqlStatement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The tables of sessions and token hashes. Every method runs in the caller's transaction.
@ApplicationScoped
class SessionStore {
  static final String COLUMNS =
      """
      s.id, s.app_id, s.app_name, s.config_id, s.config_name, s.issuer, s.subject, s.username,
      s.client, s.sid, s.act, s.address, s.opened_by, s.started_at, s.absolute_end, s.idle_seconds,
      s.expires_at, s.last_seen_at, s.calls, s.issuer_lead_seconds, s.ended_at, s.ended_reason,
      s.ended_by
      """;

  /// Sessions of all times; what ended long ago lies in partitions by month.
  static final String EVER =
      "(select * from app_session union all select * from app_session_ended) s";

  private static final String LIVE = "app_session s";
  private static final int TOKENS_PER_SESSION = 32;

  @Inject Sql sql;

  static SessionDetails read(Row row) throws SQLException {
    return new SessionDetails(
        row.text("id"),
        row.text("app_id"),
        row.text("app_name"),
        row.text("config_id"),
        row.text("config_name"),
        row.text("issuer"),
        row.text("subject"),
        row.text("username"),
        row.textOrNull("client"),
        row.textOrNull("sid"),
        row.textOrNull("act"),
        row.text("address"),
        row.textOrNull("opened_by"),
        row.instant("started_at"),
        row.instant("absolute_end"),
        row.number("idle_seconds"),
        row.instant("expires_at"),
        row.instant("last_seen_at"),
        row.number("calls"),
        (int) row.number("issuer_lead_seconds"),
        row.instantOrNull("ended_at"),
        row.textOrNull("ended_reason"),
        row.textOrNull("ended_by"));
  }

  /// Opening shares the first lock with other openings; a bulk revocation takes it alone.
  void lockForOpening(SessionKey key) {
    sql.query(
        """
        select pg_advisory_xact_lock_shared(7255592)::text as a,
          pg_advisory_xact_lock(hashtextextended(?, 0))::text as b
        """,
        row -> 0,
        key.callerName());
  }

  void lockAll() {
    sql.query("select pg_advisory_xact_lock(7255592)::text as a", row -> 0);
  }

  /// The session of a token that has not expired.
  Optional<SessionDetails> byToken(String appId, TokenHash hash, Instant now) {
    return sql.first(
        "select "
            + COLUMNS
            + " from app_session_token t join app_session s on s.id = t.session_id"
            + " where t.hash = ? and t.app_id = ? and t.expires_at > ?",
        SessionStore::read,
        hash.bytes(),
        appId,
        now);
  }

  /// Looks into the history only where it must.
  Optional<SessionDetails> byId(String id) {
    return byId(LIVE, id).or(() -> byId("app_session_ended s", id));
  }

  private Optional<SessionDetails> byId(String table, String id) {
    return sql.first(
        "select " + COLUMNS + " from " + table + " where s.id = ?", SessionStore::read, id);
  }

  /// What opening must know, read behind the locks that it takes.
  ///
  /// @param isBlocked whether a block keeps the token out
  /// @param live the session that the token belongs to
  /// @param firstOpening when this sign-in at the identity provider was first seen here; successors
  ///     inherit it, so that any session of the sign-in knows
  record Found(boolean isBlocked, Optional<SessionDetails> live, Optional<Instant> firstOpening) {}

  /// Takes the locks of an opening and looks around behind them. `signedIn` is the time that blocks
  /// are held against.
  Found enter(SessionKey key, Instant signedIn) {
    return sql.first(
            "select * from app_session_enter(?, ?, ?, ?, ?, ?, ?, ?)",
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
        live == null ? Optional.empty() : byId(LIVE, live).filter(s -> s.endedAt() == null),
        Optional.ofNullable(row.instantOrNull("first_opening")));
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

  /// Keeps the hash with the session.
  SqlStatement attachment(SessionDetails session, VerifiedToken token, Instant now) {
    return SqlStatement.of(
        """
        insert into app_session_token (hash, session_id, app_id, expires_at, attached_at)
        values (?, ?, ?, ?, ?)
        on conflict (hash, app_id) do update set session_id = excluded.session_id,
          expires_at = excluded.expires_at, attached_at = excluded.attached_at
        """,
        token.hash().bytes(),
        session.id(),
        session.appId(),
        token.exp(),
        now);
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

  /// Stretches the session to a new token's end, never beyond its absolute one.
  SqlStatement extension(String sessionId, Instant tokenExpiry, int issuerLead, Instant now) {
    return SqlStatement.of(
        """
        update app_session set expires_at = least(absolute_end, greatest(expires_at, ?)),
          last_seen_at = greatest(last_seen_at, ?),
          issuer_lead_seconds = greatest(issuer_lead_seconds, ?) where id = ?
        """,
        tokenExpiry,
        now,
        issuerLead,
        sessionId);
  }

  /// Ends the session if it is live; answers whether it was.
  boolean end(String id, Instant now, EndReason reason, String by) {
    return sql.update(
            """
            update app_session set ended_at = ?, ended_reason = ?, ended_by = ?
            where id = ? and ended_at is null
            """,
            now,
            reason.code(),
            by,
            id)
        > 0;
  }

  /// Ends those of the sessions that are live; answers their ids.
  Set<String> endAll(List<SessionDetails> all, Instant now, EndReason reason, String by) {
    return Set.copyOf(
        sql.query(
            """
            update app_session set ended_at = ?, ended_reason = ?, ended_by = ?
            where id = any(?) and ended_at is null returning id
            """,
            row -> row.text("id"),
            now,
            reason.code(),
            by,
            all.stream().map(SessionDetails::id).toArray(String[]::new)));
  }

  /// Looks at what could be over by time, at most this many at once; ends what is and answers it.
  List<String> endOverdue(Instant now, int limit) {
    return sql.query(
        """
        with due as (
          select id, expires_at, last_seen_at + make_interval(secs => idle_seconds) as idle_at
          from app_session where ended_at is null and look_at <= ?
          limit ? for update skip locked),
        later as (
          update app_session s set look_at = least(d.expires_at, d.idle_at)
          from due d where s.id = d.id and least(d.expires_at, d.idle_at) > ?)
        update app_session s set ended_at = ?, ended_by = 'system', ended_reason =
          case when d.expires_at <= ? then 'expired' else 'idle' end
        from due d where s.id = d.id and least(d.expires_at, d.idle_at) <= ?
        returning s.id
        """,
        row -> row.text("id"),
        now,
        limit,
        now,
        now,
        now,
        now);
  }

  /// The live sessions that were opened through these: their token was an assertion of one of them.
  List<SessionDetails> openedThrough(List<String> ids, String assertionIssuer) {
    return sql.query(
        "select "
            + COLUMNS
            + " from app_session s"
            + " where s.ended_at is null and s.issuer = ? and s.sid = any(?)",
        SessionStore::read,
        assertionIssuer,
        ids.toArray(new String[0]));
  }

  /// How many of these carry neither a `sid` nor the time of sign-in.
  long withoutSignIn(List<String> ids) {
    return sql.first(
            "select count(*) as n from "
                + EVER
                + " where s.id = any(?) and s.sid is null and not s.has_auth_time",
            row -> row.number("n"),
            (Object) ids.toArray(new String[0]))
        .orElse(0L);
  }

  List<SessionDetails> liveOfApp(String appId) {
    return sql.query(
        "select " + COLUMNS + " from app_session s where s.ended_at is null and s.app_id = ?",
        SessionStore::read,
        appId);
  }

  List<SessionDetails> live(Whom whom) {
    SessionFilter.Condition where = whom.live();
    return sql.query(
        "select " + COLUMNS + " from app_session s where " + where.sql(),
        SessionStore::read,
        where.arguments().toArray());
  }

  void writeActivity(List<Activity> batch) {
    sql.update(
        """
        update app_session s set last_seen_at = greatest(s.last_seen_at, b.seen),
          calls = s.calls + b.calls
        from (select unnest(?) as id, to_timestamp(unnest(?) / 1000.0) as seen, unnest(?) as calls) b
        where s.id = b.id
        """,
        batch.stream().map(Activity::sessionId).toArray(String[]::new),
        batch.stream().map(Activity::seenAtMillis).toArray(Long[]::new),
        batch.stream().map(Activity::calls).toArray(Long[]::new));
  }

  /// What a node saw of a session since it last wrote.
  record Activity(String sessionId, long seenAtMillis, long calls) {}
}
