package dev.sallyport.audit.seal;

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
import java.time.Instant;
import java.util.Optional;

/// Drops months that are older than the setting allows, oldest first, and only when a signed
/// checkpoint covers all their rows: what remains of them is the chain's beginning.
@Stateless
@NoPermissionNeeded("A timer calls it; no actor does.")
public class Retention {
  private static final int SWEPT = 10_000;

  @Inject Sql sql;
  @Inject Clock clock;
  @Inject Settings settings;
  @Inject ChainStore chain;
  @Inject Checkpoints checkpoints;
  @Inject AuditLog audit;

  private record Month(String name, Instant lower, Instant upper) {
    static Month read(Row row) throws SQLException {
      return new Month(row.text("name"), row.instant("lower"), row.instant("upper"));
    }
  }

  private record Content(long rows, long unsealed, long lastPosition) {
    static Content read(Row row) throws SQLException {
      return new Content(row.number("rows"), row.number("unsealed"), row.number("last_position"));
    }
  }

  /// Drops the oldest month that is due; answers whether there was one.
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public boolean retireOne() {
    if (!sql.tryLock("audit-partitions")) {
      return false;
    }
    sql.update("set local lock_timeout = '3s'");
    Optional<Month> month =
        sql.first(
            """
            select name, coalesce(lower, 'epoch') as lower, upper from audit_partition
            where upper <= ? order by upper limit 1
            """,
            Month::read,
            today().minus(settings.auditRetention()));
    return month.isPresent() && retire(month.get());
  }

  Instant today() {
    return sql.agreed(clock.instant());
  }

  private boolean retire(Month month) {
    Content content = content(month);
    if (content.unsealed() > 0) {
      return false;
    }
    if (content.lastPosition() > covered()) {
      checkpoints.signNow();
    }
    long covered = covered();
    if (content.lastPosition() > covered) {
      return false;
    }
    remember(month, content, covered);
    sql.query("select audit_drop_month(?)::text as x", row -> 0, month.name());
    audit.record(
        AuditEntry.success(AuditEventName.AUDIT_RETIRED)
            .with("partition", month.name())
            .with("before", month.upper())
            .with("count", content.rows())
            .with("checkpoint", covered));
    return true;
  }

  private long covered() {
    return checkpoints.newest().map(Checkpoint::position).orElse(0L);
  }

  private Content content(Month month) {
    return sql.first(
            """
            select count(*) as rows, count(*) filter (where s.position is null) as unsealed,
              coalesce(max(s.position), 0) as last_position
            from audit_event e left join audit_seal_row s on s.seq = e.seq
            where e.at >= ? and e.at < ?
            """,
            Content::read,
            month.lower(),
            month.upper())
        .orElseThrow();
  }

  /// The chain begins anew behind the last position before which nothing remains. Where rows of
  /// later months lie before this month's, that is no further than it was.
  private void remember(Month month, Content content, long covered) {
    ChainStore.Origin origin = chain.origin();
    long position = Math.max(origin.position(), lastBefore(month));
    sql.update(
        """
        insert into audit_retirement (partition, upper, row_count, position, hash, checkpoint,
          retired_at)
        values (?, ?, ?, ?, decode(?, 'hex'), ?, ?)
        """,
        month.name(),
        month.upper(),
        content.rows(),
        position,
        chain.hash(position).orElse(origin.hash()),
        covered,
        clock.instant());
  }

  private long lastBefore(Month month) {
    return sql.first(
            """
            select coalesce((select min(position) - 1 from audit_seal_row where at >= ?),
              (select max(position) from audit_seal_row), 0) as position
            """,
            row -> row.number("position"),
            month.upper())
        .orElse(0L);
  }

  /// Drops the chain's links before its beginning, some at a time.
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void sweep() {
    sql.update(
        """
        delete from audit_seal_row where position in (
          select position from audit_seal_row
          where position < (select max(position) from audit_retirement)
          order by position limit ?)
        """,
        SWEPT);
    sql.update(
        """
        delete from audit_seal where last_position < (select max(position) from audit_retirement)
          and last_position < (select max(last_position) from audit_seal)
        """);
  }

  /// Does the work unless another node is at it.
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void alone(Runnable work) {
    if (sql.tryLock("audit-verify")) {
      work.run();
    }
  }
}
