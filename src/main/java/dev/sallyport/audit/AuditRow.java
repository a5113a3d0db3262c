package dev.sallyport.audit;

import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// One event as it was written.
public record AuditRow(
    String id,
    Instant at,
    String category,
    String event,
    Who actor,
    @Nullable What resource,
    String outcome,
    @Nullable String reason,
    @Nullable String address,
    @Nullable String requestId,
    @Nullable String appId,
    Map<String, String> details) {
  private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

  /// Who acted, by the name that they had then.
  public record Who(String kind, String id, String name) {}

  /// What it was done to, by the name that it had then.
  public record What(String kind, @Nullable String id, @Nullable String name) {}

  /// Reads a row of `audit_event`.
  public static AuditRow read(Row row) throws SQLException {
    return new AuditRow(
        row.text("id"),
        row.instant("at"),
        row.text("category"),
        row.text("event"),
        new Who(row.text("actor_kind"), row.text("actor_id"), row.text("actor_name")),
        resource(row),
        row.text("outcome"),
        row.textOrNull("reason"),
        row.textOrNull("address"),
        row.textOrNull("request_id"),
        row.textOrNull("app_id"),
        Json.read(row.text("details"), DETAILS));
  }

  private static @Nullable What resource(Row row) throws SQLException {
    String kind = row.textOrNull("resource_kind");
    return kind == null
        ? null
        : new What(kind, row.textOrNull("resource_id"), row.textOrNull("resource_name"));
  }
}
