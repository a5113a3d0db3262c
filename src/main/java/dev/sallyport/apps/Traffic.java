package dev.sallyport.apps;

import dev.sallyport.problem.FieldErrors;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How an app's calls are spread over its upstreams, and how many may run. Absent members take
/// their defaults; the absent `maxCallsPerUpstream` is the node's.
public record Traffic(
    @Nullable String affinity,
    @Nullable String healthCheck,
    @Nullable Integer maxCallsPerUpstream,
    @Nullable Integer maxWaiting) {
  private static final int MAX_CALLS = 1_000_000;
  private static final int MAX_WAITING = 10_000;

  /// What holds where an app says nothing.
  public static final Traffic STANDARD =
      new Traffic(Affinity.NONE.code(), HealthCheck.NONE.code(), null, 100);

  /// With the defaults for what is absent.
  static Traffic complete(@Nullable Traffic asked) {
    if (asked == null) {
      return STANDARD;
    }
    return new Traffic(
        Objects.requireNonNullElse(asked.affinity, STANDARD.affinity),
        Objects.requireNonNullElse(asked.healthCheck, STANDARD.healthCheck),
        asked.maxCallsPerUpstream,
        Objects.requireNonNullElse(asked.maxWaiting, STANDARD.maxWaiting));
  }

  void check(AppKind kind, FieldErrors errors) {
    errors.addIf(
        affinity != null && Affinity.of(affinity).isEmpty(),
        "traffic.affinity",
        "must be none, session or person.");
    errors.addIf(
        healthCheck != null && HealthCheck.of(healthCheck).isEmpty(),
        "traffic.healthCheck",
        "must be none, tcp or mcp.");
    errors.addIf(
        kind != AppKind.MCP && HealthCheck.MCP.code().equals(healthCheck),
        "traffic.healthCheck",
        "must be none or tcp: this app is no MCP server.");
    errors.addIf(
        maxCallsPerUpstream != null && (maxCallsPerUpstream < 1 || maxCallsPerUpstream > MAX_CALLS),
        "traffic.maxCallsPerUpstream",
        "must be 1 to 1,000,000, or absent.");
    errors.addIf(
        maxWaiting != null && (maxWaiting < 0 || maxWaiting > MAX_WAITING),
        "traffic.maxWaiting",
        "must be 0 to 10,000.");
  }

  public Affinity kept() {
    return Affinity.of(String.valueOf(affinity)).orElse(Affinity.NONE);
  }

  public HealthCheck checked() {
    return HealthCheck.of(String.valueOf(healthCheck)).orElse(HealthCheck.NONE);
  }

  /// How many calls may wait for a place.
  public int waiting() {
    return maxWaiting == null ? 0 : maxWaiting;
  }
}
