package dev.sallyport.appauth;

import dev.sallyport.persistence.Revised;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One config, complete, in the shape that REST takes and gives. `warnings` are sentences for
/// whoever edits it.
public record AppAuthConfigDetails(
    String id,
    String name,
    String description,
    Map<String, List<String>> appLabels,
    Jwt jwt,
    String sessionLifetime,
    String idleTimeout,
    List<Rule> allow,
    List<String> requiredScopes,
    List<String> allowedClients,
    List<String> viaApps,
    int priority,
    boolean enabled,
    long revision,
    Instant createdAt,
    Instant updatedAt)
    implements Revised {

  /// What tokens must be like. The issuer's keys are the issuer's.
  public record Jwt(
      String issuerId,
      String issuer,
      @Nullable String audience,
      List<String> usernameClaims,
      List<String> algorithms,
      String maxTokenAge,
      boolean acceptIdTokens) {}

  /// One rule: the claim must hold one of the values.
  public record Rule(String claim, List<String> anyOf) {}
}
