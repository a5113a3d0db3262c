package dev.sallyport.appauth.verification;

import dev.sallyport.apps.LabelSelector;
import dev.sallyport.jose.SigningAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One app auth config. Empty `algorithms`, `allow`, `requiredScopes` and `allowedClients` demand
/// nothing; without `maxTokenAge` a token of any age opens a session; `viaApps` are the apps that
/// this gateway's own assertions may come through, and mean nothing for other issuers. Clients are
/// compared to the letter.
public record ConfigFacts(
    String id,
    String name,
    IssuerFacts issuer,
    @Nullable String audience,
    LabelSelector appLabels,
    List<String> usernameClaims,
    Set<SigningAlgorithm> algorithms,
    @Nullable Duration maxTokenAge,
    Duration sessionLifetime,
    Duration idleTimeout,
    List<AllowRule> allow,
    List<String> requiredScopes,
    List<String> allowedClients,
    boolean acceptIdTokens,
    List<String> viaApps,
    int priority,
    boolean enabled) {
  public ConfigFacts {
    usernameClaims = List.copyOf(usernameClaims);
    algorithms = Set.copyOf(algorithms);
    allow = List.copyOf(allow);
    requiredScopes = List.copyOf(requiredScopes);
    allowedClients = List.copyOf(allowedClients);
    viaApps = List.copyOf(viaApps);
  }
}
