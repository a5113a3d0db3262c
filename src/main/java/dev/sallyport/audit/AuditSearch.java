package dev.sallyport.audit;

import dev.sallyport.authz.Access;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.authz.Scope;
import dev.sallyport.persistence.Condition;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Slice;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the audit, newest first. Who may read it for some apps only finds rows about them, and
/// counts no others.
@Stateless
@RequiresPermission(value = Permission.AUDIT_READ, scoped = true)
public class AuditSearch {
  /// Counting ends here: beyond it nobody needs the number, and it would take longer than reading.
  public static final int MAX_COUNT = 100_000;

  @Inject Sql sql;
  @Inject Access access;
  @Inject ScopedApps apps;

  private record Numbered(long seq, AuditRow row) {
    static Numbered read(Row row) throws SQLException {
      return new Numbered(row.number("seq"), AuditRow.read(row));
    }
  }

  private Condition narrowed(AuditFilter filter) {
    Scope scope = access.scope(Permission.AUDIT_READ);
    return (scope.isEverything() ? filter : filter.within(apps.ids(scope))).condition();
  }

  public Page<AuditRow> page(AuditFilter filter, @Nullable Cursor after, int limit) {
    Condition where = narrowed(filter);
    Condition behind = after == null ? where : where.and("seq < ?", seq(after));
    List<Numbered> found =
        sql.query(
            "select * from audit_event where " + behind.sql() + " order by seq desc limit ?",
            Numbered::read,
            behind.argumentsAnd(limit + 1));
    boolean hasMore = found.size() > limit;
    List<Numbered> items = hasMore ? found.subList(0, limit) : found;
    String next = hasMore ? Cursor.of(Long.toString(items.getLast().seq())).encode() : null;
    return new Page<>(items.stream().map(Numbered::row).toList(), next, count(where));
  }

  private static long seq(Cursor after) {
    try {
      return Long.parseLong(after.values().getFirst());
    } catch (NumberFormatException e) {
      throw Cursor.refusal();
    }
  }

  /// The rows from `offset` on, for lists that are scrolled.
  public List<AuditRow> slice(AuditFilter filter, int offset, int limit) {
    Condition where = narrowed(filter);
    Slice slice = new Slice(offset, limit);
    return sql.query(
        "select * from audit_event where " + where.sql() + " order by seq desc limit ? offset ?",
        AuditRow::read,
        where.argumentsAnd(slice.limit(), slice.offset()));
  }

  /// How many there are, up to [#MAX_COUNT].
  public long count(AuditFilter filter) {
    return count(narrowed(filter));
  }

  private long count(Condition where) {
    return sql.first(
            "select count(*) as n from (select 1 from audit_event where "
                + where.sql()
                + " limit ?) matching",
            row -> row.number("n"),
            where.argumentsAnd(MAX_COUNT))
        .orElse(0L);
  }
}
