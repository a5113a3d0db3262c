package dev.sallyport.appsessions.history;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.config.Settings;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Moves ended sessions to their month, and drops months. One node at a time; gives way to readers
/// that hold the table: the next run tries again.
@Stateless
@NoPermissionNeeded("A timer calls it; no actor does.")
public class SessionHistory {
  // Nodes have written by then what they saw of it.
  private static final Duration SETTLED = Duration.ofHours(1);
  private static final String PARTITION = "app_session_ended_";

  @Inject Sql sql;
  @Inject Clock clock;
  @Inject Settings settings;
  @Inject AuditLog audit;

  private record Ended(String id, Instant at) {
    static Ended read(Row row) throws SQLException {
      return new Ended(row.text("id"), row.instant("ended_at"));
    }
  }

  /// Moves at most this many, the oldest first; answers how many.
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public int move(int limit) {
    if (!begin()) {
      return 0;
    }
    List<Ended> over =
        sql.query(
            """
            select s.id, s.ended_at from app_session s
            where s.ended_at < ?
              and not exists (select 1 from app_session_token t where t.session_id = s.id)
            order by s.ended_at limit ? for update skip locked
            """,
            Ended::read,
            clock.instant().minus(SETTLED),
            limit);
    over.stream().map(ended -> month(ended.at())).distinct().forEach(this::make);
    sql.update(
        """
        with moved as (delete from app_session where id = any(?) returning *)
        insert into app_session_ended select * from moved
        """,
        (Object) over.stream().map(Ended::id).toArray(String[]::new));
    return over.size();
  }

  private boolean begin() {
    sql.update("set local lock_timeout = '3s'");
    return sql.tryLock("session-history");
  }

  private static YearMonth month(Instant time) {
    return YearMonth.from(time.atOffset(ZoneOffset.UTC));
  }

  private void make(YearMonth month) {
    sql.query("select app_session_month(?)::text as made", row -> 0, beginOf(month));
  }

  private static Instant beginOf(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /// Drops the oldest month if it is due; answers whether it was.
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public boolean dropOne() {
    if (!begin()) {
      return false;
    }
    Instant oldest = sql.agreed(clock.instant()).minus(settings.sessionRetention());
    Optional<String> due =
        sql.first(
                """
                select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = 'app_session_ended'::regclass order by c.relname limit 1
                """,
                row -> row.text("name"))
            .filter(name -> !beginOf(monthOf(name).plusMonths(1)).isAfter(oldest));
    due.ifPresent(this::drop);
    return due.isPresent();
  }

  // Such as app_session_ended_y2026m03. Refuses other names: no other table shall be dropped.
  private static YearMonth monthOf(String name) {
    if (!name.matches(PARTITION + "y[0-9]{4}m[0-9]{2}")) {
      throw new IllegalStateException("not a month of sessions: " + name);
    }
    String digits = name.substring(PARTITION.length());
    return YearMonth.of(
        Integer.parseInt(digits.substring(1, 5)), Integer.parseInt(digits.substring(6)));
  }

  private void drop(String name) {
    Instant begin = beginOf(monthOf(name));
    long count =
        sql.first(
                "select count(*) as n from app_session_ended where ended_at >= ? and ended_at < ?",
                row -> row.number("n"),
                begin,
                beginOf(monthOf(name).plusMonths(1)))
            .orElse(0L);
    sql.query("select app_session_drop_month(?)::text as x", row -> 0, begin);
    audit.record(
        AuditEntry.success(AuditEventName.SESSION_HISTORY_DROPPED)
            .with("partition", name)
            .with("count", count));
  }
}
