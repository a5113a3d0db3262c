package dev.sallyport.audit.export;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditFilter;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.audit.AuditRow;
import dev.sallyport.audit.ScopedApps;
import dev.sallyport.audit.seal.ChainStore;
import dev.sallyport.audit.seal.Checkpoint;
import dev.sallyport.audit.seal.Checkpoints;
import dev.sallyport.audit.seal.Statements;
import dev.sallyport.authz.Access;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.authz.Scope;
import dev.sallyport.persistence.Condition;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an export reads, batch by batch: no more than one is ever held.
@Stateless
@RequiresPermission(value = Permission.AUDIT_EXPORT, scoped = true)
public class ExportStore {
  @Inject Sql sql;
  @Inject Access access;
  @Inject ScopedApps apps;
  @Inject ChainStore chain;
  @Inject Checkpoints checkpoints;
  @Inject Statements statements;
  @Inject AuditLog audit;

  private final int batch;

  public ExportStore() {
    this(2_000);
  }

  ExportStore(int batch) {
    this.batch = batch;
  }

  /// A row and its number.
  public record Numbered(long seq, AuditRow row) {
    static Numbered read(Row row) throws SQLException {
      return new Numbered(row.number("seq"), AuditRow.read(row));
    }
  }

  /// A part of the chain: behind `start`, up to `last`. `hash` is the one at `start`. Rows from
  /// before `kept` are gone for good.
  public record Segment(long start, String hash, long last, Instant kept) {}

  /// The filter with what the caller may see.
  public AuditFilter narrowed(AuditFilter filter) {
    Scope scope = access.scope(Permission.AUDIT_EXPORT);
    return scope.isEverything() ? filter : filter.within(apps.ids(scope));
  }

  /// The next rows of the filter in the order of time.
  public List<Numbered> rows(AuditFilter filter, @Nullable Numbered after) {
    Condition where = narrowed(filter).condition();
    if (after != null) {
      where = where.and("(at, seq) > (?, ?)", after.row().at(), after.seq());
    }
    return sql.query(
        "select * from audit_event where " + where.sql() + " order by at, seq limit ?",
        Numbered::read,
        where.argumentsAnd(batch));
  }

  /// The part of the chain that holds all sealed rows of a time.
  @RequiresPermission(Permission.AUDIT_EXPORT)
  public Segment segment(Instant from, Instant to) {
    ChainStore.Origin origin = chain.origin();
    return sql.first(
            """
            select min(position) - 1 as start, max(position) as last from audit_seal_row
            where at >= ? and at < ? and position > ? having count(*) > 0
            """,
            row -> new long[] {row.number("start"), row.number("last")},
            from,
            to,
            origin.position())
        .map(s -> new Segment(s[0], chain.hash(s[0]).orElse(origin.hash()), s[1], origin.upper()))
        .orElse(new Segment(origin.position(), origin.hash(), origin.position(), origin.upper()));
  }

  @RequiresPermission(Permission.AUDIT_EXPORT)
  public List<ChainStore.Link> links(long after, long last) {
    return chain.links(after, last, batch);
  }

  /// The next rows of a time that the segment does not hold, because they are too young for it.
  @RequiresPermission(Permission.AUDIT_EXPORT)
  public List<Numbered> unsealed(ExportRequest request, long last, long afterSeq) {
    return sql.query(
        """
        select * from audit_event e where e.at >= ? and e.at < ? and e.seq > ?
          and not exists (
            select 1 from audit_seal_row s where s.seq = e.seq and s.position <= ?)
        order by e.seq limit ?
        """,
        Numbered::read,
        request.from(),
        request.to(),
        afterSeq,
        last,
        batch);
  }

  /// The signed checkpoints within the segment.
  @RequiresPermission(Permission.AUDIT_EXPORT)
  public List<Checkpoint> checkpoints(Segment segment) {
    return checkpoints.between(segment.start() + 1, segment.last());
  }

  /// Signs what an export holds.
  @RequiresPermission(Permission.AUDIT_EXPORT)
  public String sign(Map<String, Object> manifest) {
    return statements.sign("export", manifest).jws();
  }

  /// Writes that somebody took rows away, once it is known how many.
  public void ended(ExportRequest request, long rows, @Nullable String failure) {
    AuditEntry entry =
        failure == null
            ? AuditEntry.success(AuditEventName.AUDIT_EXPORTED)
            : AuditEntry.failure(AuditEventName.AUDIT_EXPORTED, failure);
    audit.recordApart(
        entry
            .with("count", rows)
            .with("format", request.format().code())
            .with("filter", Json.write(request.filter().query())),
        CallContext.current());
  }
}
