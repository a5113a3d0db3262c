package dev.sallyport.apps;

import dev.sallyport.authz.Access;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.authz.Scope;
import dev.sallyport.config.Settings;
import dev.sallyport.persistence.Condition;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Slice;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads apps a part at a time, by name; for whoever looks, only those in sight.
@Stateless
public class AppList {
  private static final String HAS_TEXT =
      """
      (strpos(lower(name || ' ' || uri), ?) > 0 or exists (
        select 1 from jsonb_each_text(cast(labels as jsonb)) l
        where l.key not like 'sallyport.internal/%'
          and strpos(lower(l.key || '=' || l.value), ?) > 0))\
      """;

  @PersistenceContext EntityManager em;
  @Inject Access access;
  @Inject Settings settings;
  @Inject HealthBoard board;
  @Inject Sql sql;

  /// Those with this text in their name, their address or a label such as `env=prod`.
  @RequiresPermission(value = Permission.APP_READ, scoped = true)
  public List<AppDetails> slice(String text, int offset, int limit) {
    Condition where = having(text).and(within(access.scope(Permission.APP_READ)));
    Slice slice = new Slice(offset, limit);
    return read(
        sql.query(
            "select id from app where " + where.sql() + " order by name limit ? offset ?",
            row -> row.text("id"),
            where.argumentsAnd(slice.limit(), slice.offset())));
  }

  /// Those behind a cursor.
  @RequiresPermission(value = Permission.APP_READ, scoped = true)
  public Page<AppDetails> page(@Nullable Cursor after, int limit) {
    Condition sight = within(access.scope(Permission.APP_READ));
    Condition behind = after == null ? sight : sight.and("name > ?", after.values().getFirst());
    List<Named> found =
        sql.query(
            "select id, name from app where " + behind.sql() + " order by name limit ?",
            row -> new Named(row.text("id"), row.text("name")),
            behind.argumentsAnd(limit + 1));
    Page<Named> page = Page.of(found, limit, last -> Cursor.of(last.name()).encode(), count(sight));
    return new Page<>(
        read(page.items().stream().map(Named::id).toList()), page.next(), page.total());
  }

  private record Named(String id, String name) {}

  /// How many have the text.
  @RequiresPermission(value = Permission.APP_READ, scoped = true)
  public long count(String text) {
    return count(having(text).and(within(access.scope(Permission.APP_READ))));
  }

  private long count(Condition where) {
    return sql.first(
            "select count(*) as n from app where " + where.sql(),
            row -> row.number("n"),
            where.arguments().toArray())
        .orElse(0L);
  }

  /// The one of this name, if it is in sight.
  @RequiresPermission(value = Permission.APP_READ, scoped = true)
  public Optional<AppDetails> named(String name) {
    Condition where = within(access.scope(Permission.APP_READ)).and("name = ?", name);
    List<String> ids =
        sql.query(
            "select id from app where " + where.sql(),
            row -> row.text("id"),
            where.arguments().toArray());
    return read(ids).stream().findFirst();
  }

  private List<AppDetails> read(List<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    UpstreamStore store = new UpstreamStore(em);
    Map<String, List<AppDetails.UpstreamDetails>> upstreams = store.of(ids);
    Map<String, AppDetails.Lease> leases = store.leases();
    return em.createQuery("select a from App a where a.id in :ids order by a.name", App.class)
        .setParameter("ids", ids)
        .getResultStream()
        .map(a -> a.details(upstreams.getOrDefault(a.id, List.of()), settings.publicBase()))
        .map(app -> app.seen(leases, board))
        .toList();
  }

  private static Condition having(String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    return wanted.isEmpty() ? Condition.ANY : Condition.of(HAS_TEXT, wanted, wanted);
  }

  private static Condition within(Scope scope) {
    return Condition.oneOf(scope.anyOf().stream().map(AppList::fitting).toList());
  }

  private static Condition fitting(Map<String, Set<String>> selector) {
    return Condition.allOf(
        selector.entrySet().stream()
            .map(label -> has(label.getKey(), label.getValue().toArray(String[]::new)))
            .toList());
  }

  private static Condition has(String label, String[] values) {
    return Condition.of("cast(labels as jsonb) ->> ? = any(?)", label, values);
  }
}
