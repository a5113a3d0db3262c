package dev.sallyport.audit;

import dev.sallyport.problem.ProblemType;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One event to be written. Made by the static factories, then completed. `appId` names the one app
/// that it is about: readers whose permission holds for some apps only see nothing else.
public record AuditEntry(
    AuditEventName event,
    Outcome outcome,
    @Nullable String reason,
    @Nullable Resource resource,
    @Nullable String appId,
    SortedMap<String, String> details) {

  /// How it went.
  public enum Outcome {
    SUCCESS,
    FAILURE,
    DENIED
  }

  /// What it was done to, by the name that it has now.
  public record Resource(String kind, String id, String name) {}

  private static final String APP = "app";

  public static AuditEntry success(AuditEventName event) {
    return of(event, Outcome.SUCCESS, null);
  }

  public static AuditEntry failure(AuditEventName event, String reason) {
    return of(event, Outcome.FAILURE, reason);
  }

  public static AuditEntry denied(AuditEventName event, ProblemType reason) {
    return of(event, Outcome.DENIED, reason.code());
  }

  private static AuditEntry of(AuditEventName event, Outcome outcome, @Nullable String reason) {
    return new AuditEntry(event, outcome, reason, null, null, new TreeMap<>());
  }

  /// What it was done to. An app is also what it is about.
  public AuditEntry on(String kind, String id, String name) {
    String app = kind.equals(APP) ? id : appId;
    return new AuditEntry(event, outcome, reason, new Resource(kind, id, name), app, details);
  }

  /// The app that it is about; absent where it is about no single one.
  public AuditEntry ofApp(@Nullable String id) {
    return new AuditEntry(event, outcome, reason, resource, id, details);
  }

  /// Adds a detail; absent values leave no trace. Never a secret.
  public AuditEntry with(String key, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    var more = new TreeMap<>(details);
    more.put(key, String.valueOf(value));
    return new AuditEntry(event, outcome, reason, resource, appId, more);
  }
}
