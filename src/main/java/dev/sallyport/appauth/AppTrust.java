package dev.sallyport.appauth;

import dev.sallyport.appauth.verification.AppFacts;
import dev.sallyport.appauth.verification.ConfigFacts;
import dev.sallyport.apps.AppDetails;
import java.util.List;

/// All that decides who may enter one app, at one moment. Compared by identity: as long as nothing
/// that matters changes, an app keeps its instance, and decisions that were made with it stand.
public final class AppTrust {
  private final AppDetails app;
  private final AppFacts facts;
  private final List<ConfigFacts> configs;
  private final List<String> authorizationServers;

  AppTrust(
      AppDetails app,
      AppFacts facts,
      List<ConfigFacts> configs,
      List<String> authorizationServers) {
    this.app = app;
    this.facts = facts;
    this.configs = List.copyOf(configs);
    this.authorizationServers = List.copyOf(authorizationServers);
  }

  /// The same trust with a new identity: decisions made with the old one are void.
  AppTrust renewed() {
    return new AppTrust(app, facts, configs, authorizationServers);
  }

  /// Where clients may sign in for this app (RFC 9728 section 2).
  public List<String> authorizationServers() {
    return authorizationServers;
  }

  /// The scopes that some config demands.
  public List<String> scopes() {
    return configs.stream().flatMap(c -> c.requiredScopes().stream()).distinct().toList();
  }

  public AppDetails app() {
    return app;
  }

  public AppFacts facts() {
    return facts;
  }

  /// The enabled configs whose selector matches the app.
  public List<ConfigFacts> configs() {
    return configs;
  }

  /// Whether nothing that calls depend on differs.
  boolean isSameAs(AppTrust other) {
    return app.equals(other.app)
        && facts.equals(other.facts)
        && configs.equals(other.configs)
        && authorizationServers.equals(other.authorizationServers);
  }
}
