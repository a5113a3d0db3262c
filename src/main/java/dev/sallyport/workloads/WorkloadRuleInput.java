package dev.sallyport.workloads;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A rule as it is asked for. `issuer` is the `iss` of a known issuer, or `issuerId` its id.
/// Enabled unless said otherwise; without a scope it acts for all apps, without an expiry for good.
public record WorkloadRuleInput(
    @Nullable String name,
    @Nullable String issuer,
    @Nullable String issuerId,
    @Nullable String audience,
    @Nullable List<ConditionInput> conditions,
    @Nullable String role,
    @Nullable Map<String, List<String>> scope,
    @Nullable Boolean enabled,
    @Nullable Instant expiresAt) {

  /// One condition: a claim, and the patterns of which one must match.
  public record ConditionInput(@Nullable String claim, @Nullable List<String> anyOf) {}
}
