package dev.sallyport.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What audit rows are narrowed by, apart from time. Each takes several values, of which one must
/// fit.
public enum AuditField {
  CATEGORY("category", "category = any (?)"),
  EVENT("event", "event = any (?)"),
  ACTOR("actor", "(actor_id = any (?) or actor_name = any (?))"),
  RESOURCE(
      "resource", "(resource_kind = any (?) or resource_id = any (?) or resource_name = any (?))"),
  OUTCOME("outcome", "outcome = any (?)"),
  REASON("reason", "reason = any (?)"),
  ADDRESS("address", "address = any (?)"),
  REQUEST("requestId", "request_id = any (?)");

  private final String parameter;
  private final String sql;

  AuditField(String parameter, String sql) {
    this.parameter = parameter;
    this.sql = sql;
  }

  /// The name in queries.
  public String parameter() {
    return parameter;
  }

  String sql() {
    return sql;
  }

  /// The values that there are; empty where anything may stand.
  public List<String> known() {
    return switch (this) {
      case CATEGORY -> Arrays.stream(AuditCategory.values()).map(AuditCategory::code).toList();
      case EVENT -> Arrays.stream(AuditEventName.values()).map(AuditEventName::code).toList();
      case OUTCOME ->
          Arrays.stream(AuditEntry.Outcome.values())
              .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
              .toList();
      case ACTOR, RESOURCE, REASON, ADDRESS, REQUEST -> List.of();
    };
  }
}
