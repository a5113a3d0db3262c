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

  AppTrust(AppDetails app, AppFacts facts, List<ConfigFacts> configs) {
    this.app = app;
    this.facts = facts;
    this.configs = List.copyOf(configs);
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

  /// Whether the same tokens are let in: what else changed at the app does not matter here.
  boolean decidesAs(AppTrust other) {
    return facts.equals(other.facts) && configs.equals(other.configs);
  }
}
