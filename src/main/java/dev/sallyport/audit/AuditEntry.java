package dev.sallyport.audit;

import dev.sallyport.problem.ProblemType;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One event to be written. Made by the static factories, then completed.
public record AuditEntry(
    AuditEventName event,
    Outcome outcome,
    @Nullable String reason,
    @Nullable String resourceKind,
    @Nullable String resourceId,
    @Nullable String resourceName,
    SortedMap<String, String> details) {

  /// How it went.
  public enum Outcome {
    SUCCESS,
    FAILURE,
    DENIED
  }

  public static AuditEntry success(AuditEventName event) {
    return new AuditEntry(event, Outcome.SUCCESS, null, null, null, null, new TreeMap<>());
  }

  public static AuditEntry denied(AuditEventName event, ProblemType reason) {
    return new AuditEntry(event, Outcome.DENIED, reason.code(), null, null, null, new TreeMap<>());
  }

  public AuditEntry on(String kind, String id, String name) {
    return new AuditEntry(event, outcome, reason, kind, id, name, details);
  }

  /// Adds a detail; absent values leave no trace. Never a secret.
  public AuditEntry with(String key, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    var more = new TreeMap<>(details);
    more.put(key, String.valueOf(value));
    return new AuditEntry(event, outcome, reason, resourceKind, resourceId, resourceName, more);
  }
}
