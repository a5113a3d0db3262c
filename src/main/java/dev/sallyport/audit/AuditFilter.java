package dev.sallyport.audit;

import dev.sallyport.persistence.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which audit rows; what is absent matches all. An actor is an id or a name, a resource a kind, an
/// id or a name. `from` is included, `to` is not. `appIds` are the apps that the reader may see;
/// null for everything, also for what is about no app.
public record AuditFilter(
    Map<AuditField, Set<String>> values,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Set<String> appIds) {

  public AuditFilter {
    var copy = new EnumMap<AuditField, Set<String>>(AuditField.class);
    values.forEach((field, wanted) -> copy.put(field, new TreeSet<>(wanted)));
    copy.values().removeIf(Set::isEmpty);
    values = copy;
  }

  public static AuditFilter all() {
    return new AuditFilter(Map.of(), null, null, null);
  }

  /// What a field must be; empty for anything.
  public Set<String> values(AuditField field) {
    return values.getOrDefault(field, Set.of());
  }

  /// The same filter with other values in one field.
  public AuditFilter with(AuditField field, Collection<String> wanted) {
    var changed = new EnumMap<AuditField, Set<String>>(AuditField.class);
    changed.putAll(values);
    changed.put(field, Set.copyOf(wanted));
    return new AuditFilter(changed, from, to, appIds);
  }

  /// The same filter over this time.
  public AuditFilter between(@Nullable Instant begin, @Nullable Instant end) {
    return new AuditFilter(values, begin, end, appIds);
  }

  /// The same filter over rows about these apps only.
  public AuditFilter within(Set<String> ids) {
    return new AuditFilter(values, from, to, Set.copyOf(ids));
  }

  /// Whether nothing but time narrows it.
  public boolean isWhole() {
    return values.isEmpty() && appIds == null;
  }

  /// The filter as parameters of a query.
  public Map<String, List<String>> query() {
    Map<String, List<String>> query = new LinkedHashMap<>();
    values.forEach((field, wanted) -> query.put(field.parameter(), List.copyOf(wanted)));
    if (from != null) {
      query.put("from", List.of(from.toString()));
    }
    if (to != null) {
      query.put("to", List.of(to.toString()));
    }
    return query;
  }

  public Condition condition() {
    List<Condition> parts = new ArrayList<>();
    values.forEach((field, wanted) -> parts.add(part(field.sql(), wanted.toArray(String[]::new))));
    if (from != null) {
      parts.add(Condition.of("at >= ?", from));
    }
    if (to != null) {
      parts.add(Condition.of("at < ?", to));
    }
    if (appIds != null) {
      parts.add(part("app_id = any (?)", appIds.toArray(String[]::new)));
    }
    return Condition.allOf(parts);
  }

  // The values stand for every question mark of the part.
  private static Condition part(String sql, String[] values) {
    int marks = Math.toIntExact(sql.chars().filter(c -> c == '?').count());
    return new Condition(sql, Collections.<Object>nCopies(marks, values));
  }
}
