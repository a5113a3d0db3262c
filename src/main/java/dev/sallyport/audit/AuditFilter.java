package dev.sallyport.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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

  /// A condition in SQL with its arguments.
  public record Condition(String sql, List<Object> arguments) {}

  public Condition condition() {
    List<String> parts = new ArrayList<>();
    List<Object> arguments = new ArrayList<>();
    values.forEach(
        (field, wanted) -> add(parts, arguments, field.sql(), wanted.toArray(String[]::new)));
    add(parts, arguments, "at >= ?", from);
    add(parts, arguments, "at < ?", to);
    add(
        parts,
        arguments,
        "app_id = any (?)",
        appIds == null ? null : appIds.toArray(String[]::new));
    return new Condition(parts.isEmpty() ? "true" : String.join(" and ", parts), arguments);
  }

  // The value stands for every question mark of the part.
  private static void add(
      List<String> parts, List<Object> arguments, String part, @Nullable Object value) {
    if (value == null) {
      return;
    }
    parts.add(part);
    part.chars().filter(c -> c == '?').forEach(c -> arguments.add(value));
  }
}
