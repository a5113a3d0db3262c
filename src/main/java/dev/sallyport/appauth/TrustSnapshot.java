package dev.sallyport.appauth;

import dev.sallyport.appauth.verification.ConfigFacts;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that decides about tokens, as it stood at one moment. Immutable.
public final class TrustSnapshot {
  static final TrustSnapshot EMPTY = new TrustSnapshot(Map.of(), List.of(), Set.of());

  private final Map<String, AppTrust> byName;
  private final List<ConfigFacts> configs;
  private final Set<URI> jwksUrls;

  TrustSnapshot(Map<String, AppTrust> byName, List<ConfigFacts> configs, Set<URI> jwksUrls) {
    this.byName = Map.copyOf(byName);
    this.configs = List.copyOf(configs);
    this.jwksUrls = Set.copyOf(jwksUrls);
  }

  /// The app of this name; null when there is none.
  public @Nullable AppTrust app(String name) {
    return byName.get(name);
  }

  public Optional<AppTrust> appById(String id) {
    return byName.values().stream().filter(t -> t.facts().id().equals(id)).findFirst();
  }

  public Map<String, AppTrust> apps() {
    return byName;
  }

  /// Every config, enabled or not.
  public List<ConfigFacts> configs() {
    return configs;
  }

  public Set<URI> jwksUrls() {
    return jwksUrls;
  }
}
