package dev.sallyport.appauth;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A config whose every field was found right.
record CheckedConfig(
    String name,
    String description,
    Map<String, List<String>> appLabels,
    @Nullable String audience,
    List<String> usernameClaims,
    List<String> algorithms,
    @Nullable Duration maxTokenAge,
    Duration sessionLifetime,
    Duration idleTimeout,
    List<AppAuthConfigDetails.Rule> allow,
    List<String> requiredScopes,
    List<String> allowedClients,
    List<String> viaApps,
    boolean acceptIdTokens,
    int priority,
    boolean enabled) {}
