package dev.sallyport.appsessions;

import dev.sallyport.persistence.Condition;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Slice;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads lists of sessions: keyset pages for REST, slices for the console's grid.
@ApplicationScoped
class SessionList {
  private static final String LIVE = "app_session s";

  @Inject Sql sql;

  // Counting is the dear part of a list; two seconds of age harm nobody.
  private final CountCache<SessionFilter> counts =
      new CountCache<>(this::countNow, System::nanoTime, Thread::startVirtualThread);

  private static String select(SessionFilter filter) {
    return "select " + SessionStore.COLUMNS + " from " + from(filter) + " where ";
  }

  private static String from(SessionFilter filter) {
    return filter.state() == SessionFilter.State.LIVE ? LIVE : SessionStore.EVER;
  }

  Page<SessionDetails> page(
      SessionFilter filter, SessionSort sort, @Nullable Cursor after, int limit) {
    Condition where = filter.condition();
    if (after != null) {
      String value = sort.checked(after.values().get(0));
      where = where.and(sort.after(), value, value, after.values().get(1));
    }
    List<SessionDetails> found =
        sql.query(
            select(filter) + where.sql() + " order by " + sort.orderBy() + " limit ?",
            SessionStore::read,
            where.argumentsAnd(limit + 1));
    return Page.of(found, limit, last -> cursor(sort, last), count(filter));
  }

  private static String cursor(SessionSort sort, SessionDetails last) {
    return Cursor.of(sort.value(last), last.id()).encode();
  }

  List<SessionDetails> slice(SessionFilter filter, SessionSort sort, Slice slice) {
    Condition where = filter.condition();
    return sql.query(
        select(filter) + where.sql() + " order by " + sort.orderBy() + " limit ? offset ?",
        SessionStore::read,
        where.argumentsAnd(slice.limit(), slice.offset()));
  }

  long count(SessionFilter filter) {
    return counts.get(filter);
  }

  private long countNow(SessionFilter filter) {
    return count(from(filter), filter.condition());
  }

  /// How many live sessions meet a condition.
  long countLive(Condition where) {
    return count(LIVE, where);
  }

  private long count(String from, Condition where) {
    return sql.first(
            "select count(*) as n from " + from + " where " + where.sql(),
            row -> row.number("n"),
            where.arguments().toArray())
        .orElse(0L);
  }
}
