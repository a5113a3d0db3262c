package dev.sallyport.appauth;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A config as it is asked for. Members about the token stand in `jwt`, those about the session and
/// the rules beside it; both places are understood. Durations are ISO 8601; `maxTokenAge` may be
/// `off`. Absent members take their defaults.
public record AppAuthConfigInput(
    @Nullable String name,
    @Nullable String description,
    @Nullable Map<String, List<String>> appLabels,
    @Nullable JwtInput jwt,
    @Nullable List<String> usernameClaims,
    @Nullable List<String> algorithms,
    @Nullable String maxTokenAge,
    @Nullable String sessionLifetime,
    @Nullable String idleTimeout,
    @Nullable List<RuleInput> allow,
    @Nullable List<String> requiredScopes,
    @Nullable List<String> allowedClients,
    @Nullable List<String> viaApps,
    @Nullable Boolean acceptIdTokens,
    @Nullable Integer priority,
    @Nullable Boolean enabled) {

  /// The issuer, its keys if it is new, and what its tokens must be like.
  public record JwtInput(
      @Nullable String issuer,
      @Nullable String audience,
      @Nullable String jwksUrl,
      @Nullable Map<String, Object> staticJwks,
      @Nullable String subjectClaim,
      @Nullable List<String> usernameClaims,
      @Nullable List<String> algorithms,
      @Nullable String maxTokenAge,
      @Nullable String sessionLifetime,
      @Nullable String idleTimeout,
      @Nullable List<RuleInput> allow,
      @Nullable List<String> requiredScopes,
      @Nullable List<String> allowedClients,
      @Nullable List<String> viaApps,
      @Nullable Boolean acceptIdTokens) {}

  /// One rule: the claim must hold one of the values (literal, glob or `^regex$`).
  public record RuleInput(@Nullable String claim, @Nullable List<String> anyOf) {}
}
