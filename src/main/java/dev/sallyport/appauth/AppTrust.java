package dev.sallyport.appauth;

import dev.sallyport.appauth.verification.AppFacts;
import dev.sallyport.appauth.verification.ConfigFacts;
import dev.sallyport.apps.AppDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that decides who may enter one app, at one moment. As long as nothing that matters changes,
/// an app keeps its basis, and decisions that were made on it stand; where the app is served
/// decides about nobody.
public final class AppTrust {
  private final AppDetails app;
  private final AppFacts facts;
  private final List<ConfigFacts> configs;
  private final List<String> authorizationServers;
  private final Basis basis;

  /// Nothing but an identity.
  private static final class Basis {}

  AppTrust(
      AppDetails app,
      AppFacts facts,
      List<ConfigFacts> configs,
      List<String> authorizationServers) {
    this(app, facts, configs, authorizationServers, new Basis());
  }

  private AppTrust(
      AppDetails app,
      AppFacts facts,
      List<ConfigFacts> configs,
      List<String> authorizationServers,
      Basis basis) {
    this.app = app;
    this.facts = facts;
    this.configs = List.copyOf(configs);
    this.authorizationServers = List.copyOf(authorizationServers);
    this.basis = basis;
  }

  /// The same trust on a new basis: decisions made on the old one are void.
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

  /// Whether decisions that were made with the one stand with the other.
  public boolean decidesAs(@Nullable AppTrust other) {
    return other != null && basis == other.basis;
  }

  /// This, on the older one's basis if it decides the same; the older one itself if nothing at all
  /// differs.
  AppTrust following(AppTrust older) {
    if (!isSameAs(older)) {
      return this;
    }
    return app.equals(older.app)
        ? older
        : new AppTrust(app, facts, configs, authorizationServers, older.basis);
  }

  private boolean isSameAs(AppTrust other) {
    return app.servedBy(List.of()).equals(other.app.servedBy(List.of()))
        && facts.equals(other.facts)
        && configs.equals(other.configs)
        && authorizationServers.equals(other.authorizationServers);
  }
}
