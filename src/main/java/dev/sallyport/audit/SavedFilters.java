package dev.sallyport.audit;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Sql;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The filters that each reader of the audit keeps; nobody sees another's.
@Stateless
@RequiresPermission(value = Permission.AUDIT_READ, scoped = true)
public class SavedFilters {
  private static final int MOST = 50;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_QUERY = 4_000;

  @Inject Sql sql;
  @Inject Clock clock;
  @Inject AuditLog audit;

  public List<SavedFilter> list() {
    Actor actor = CallContext.current().actor();
    return sql.query(
        """
        select * from audit_saved_filter where actor_kind = ? and actor_id = ? order by name
        """,
        SavedFilter::read,
        actor.kind().code(),
        actor.id());
  }

  /// Keeps a filter. One of the same name is replaced.
  public SavedFilter save(@Nullable String name, @Nullable String query) {
    String title = name == null ? "" : name.strip();
    String clean = check(title, query);
    Actor actor = CallContext.current().actor();
    sql.lock("audit-saved-filter:" + actor.id());
    List<SavedFilter> own = list();
    if (own.size() >= MOST && own.stream().noneMatch(f -> f.name().equals(title))) {
      throw SallyportException.invalid("name", "is one too many: at most 50 filters are kept.");
    }
    SavedFilter saved =
        sql.first(
                """
                insert into audit_saved_filter (id, actor_kind, actor_id, name, query, created_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (actor_kind, actor_id, name) do update set query = excluded.query
                returning *
                """,
                SavedFilter::read,
                RandomTokens.id("flt_"),
                actor.kind().code(),
                actor.id(),
                title,
                clean,
                clock.instant())
            .orElseThrow();
    tell(AuditEventName.AUDIT_FILTER_SAVED, saved);
    return saved;
  }

  private static String check(String name, @Nullable String query) {
    var errors = new FieldErrors();
    errors.addIf(
        name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0,
        "name",
        "must have 1 to 100 characters.");
    String text = query == null ? "" : query;
    errors.addIf(text.length() > LONGEST_QUERY, "query", "must have at most 4000 characters.");
    AuditFilter filter = FilterInput.read(parse(text), errors);
    errors.throwIfAny();
    return write(filter);
  }

  public void delete(String id) {
    Actor actor = CallContext.current().actor();
    SavedFilter deleted =
        sql.first(
                """
                delete from audit_saved_filter
                where id = ? and actor_kind = ? and actor_id = ? returning *
                """,
                SavedFilter::read,
                id,
                actor.kind().code(),
                actor.id())
            .orElseThrow(
                () ->
                    new SallyportException(
                        ProblemType.NOT_FOUND, "You have no saved filter " + id + "."));
    tell(AuditEventName.AUDIT_FILTER_DELETED, deleted);
  }

  private void tell(AuditEventName event, SavedFilter filter) {
    audit.record(
        AuditEntry.success(event)
            .on("saved_filter", filter.id(), filter.name())
            .with("query", filter.query()));
  }

  private static Map<String, List<String>> parse(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String part : query.split("&")) {
      String[] pair = part.split("=", 2);
      if (pair.length == 2) {
        parameters
            .computeIfAbsent(decoded(pair[0]), key -> new ArrayList<>())
            .add(decoded(pair[1]));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw SallyportException.invalid("query", "must be what stands behind ? in an address.");
    }
  }

  private static String write(AuditFilter filter) {
    return filter.query().entrySet().stream()
        .flatMap(e -> e.getValue().stream().map(value -> e.getKey() + "=" + encoded(value)))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
