package dev.sallyport.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which audit rows; absent members match all. `actor` is an id or a name, `resource` a kind, an id
/// or a name. `from` is included, `to` is not.
public record AuditFilter(
    @Nullable String category,
    @Nullable String event,
    @Nullable String actor,
    @Nullable String resource,
    @Nullable String outcome,
    @Nullable Instant from,
    @Nullable Instant to) {

  public static AuditFilter all() {
    return new AuditFilter(null, null, null, null, null, null, null);
  }

  /// A condition in SQL with its arguments.
  record Condition(String sql, List<Object> arguments) {}

  Condition condition() {
    List<String> parts = new ArrayList<>();
    List<Object> arguments = new ArrayList<>();
    add(parts, arguments, "category = ?", category);
    add(parts, arguments, "event = ?", event);
    add(parts, arguments, "(actor_id = ? or actor_name = ?)", actor);
    add(parts, arguments, "(resource_kind = ? or resource_id = ? or resource_name = ?)", resource);
    add(parts, arguments, "outcome = ?", outcome);
    add(parts, arguments, "at >= ?", from);
    add(parts, arguments, "at < ?", to);
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
