package dev.sallyport.appsessions;

import dev.sallyport.appauth.verification.Grounds;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.persistence.Condition;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tables of sessions and token hashes: who is in, and who is out. Every method runs in the
/// caller's transaction.
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

  /// A token's session, and on what the token was let in; null where nobody wrote it down.
  record Attached(SessionDetails session, @Nullable Grounds grounds) {
    private static Attached read(Row row) throws SQLException {
      String rules = row.textOrNull("rules");
      return new Attached(
          SessionStore.read(row),
          rules == null ? null : new Grounds(rules, row.textOrNull("key_thumbprint")));
    }
  }

  /// The session of a token that has not expired.
  Optional<Attached> byToken(String appId, TokenHash hash, Instant now) {
    return sql.first(
        "select t.rules, t.key_thumbprint, "
            + COLUMNS
            + " from app_session_token t join app_session s on s.id = t.session_id"
            + " where t.hash = ? and t.app_id = ? and t.expires_at > ?",
        Attached::read,
        hash.bytes(),
        appId,
        now);
  }

  /// Looks into the history only where it must.
  Optional<SessionDetails> byId(String id) {
    return byId(LIVE, id).or(() -> byId("app_session_ended s", id));
  }

  Optional<SessionDetails> liveById(String id) {
    return byId(LIVE, id).filter(session -> session.endedAt() == null);
  }

  private Optional<SessionDetails> byId(String table, String id) {
    return sql.first(
        "select " + COLUMNS + " from " + table + " where s.id = ?", SessionStore::read, id);
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
  Set<String> endAll(List<SessionDetails> all, Instant now, Ending ending) {
    return Set.copyOf(
        sql.query(
            """
            update app_session set ended_at = ?, ended_reason = ?, ended_by = ?
            where id = any(?) and ended_at is null returning id
            """,
            row -> row.text("id"),
            now,
            ending.reason().code(),
            ending.by(),
            all.stream().map(SessionDetails::id).toArray(String[]::new)));
  }

  /// The live sessions that were opened through these: their token was an assertion of one of them.
  List<SessionDetails> openedThrough(Collection<String> ids, String assertionIssuer) {
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
    return matching(whom.live());
  }

  /// Of the table of live sessions, what meets a condition.
  List<SessionDetails> matching(Condition where) {
    return sql.query(
        "select " + COLUMNS + " from app_session s where " + where.sql(),
        SessionStore::read,
        where.arguments().toArray());
  }

  /// The app of each session, by the session's id.
  Map<String, String> appsOf(List<String> ids) {
    return sql
        .query(
            "select s.id, s.app_id from " + EVER + " where s.id = any(?)",
            row -> Map.entry(row.text("id"), row.text("app_id")),
            (Object) ids.toArray(new String[0]))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
  }
}
