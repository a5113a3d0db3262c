package dev.sallyport.appauth;

import dev.sallyport.apps.AppService;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.DatabaseReady;
import dev.sallyport.cluster.FeedReset;
import dev.sallyport.issuers.IssuerService;
import dev.sallyport.jose.JwksCache;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;

/// The node's current snapshot. Rebuilt when the feed tells of a change; whoever holds decisions
/// hears of it by [TrustChanged].
@ApplicationScoped
public class Trust {
  @Inject AppService apps;
  @Inject IssuerService issuers;
  @Inject AppAuthConfigService configs;
  @Inject JwksCache jwks;
  @Inject Event<TrustChanged> changed;

  private final TrustBuilder builder = new TrustBuilder();
  private volatile TrustSnapshot snapshot = TrustSnapshot.EMPTY;

  /// The snapshot of this moment.
  public TrustSnapshot current() {
    return snapshot;
  }

  void start(@Observes @Priority(DatabaseReady.CACHES) DatabaseReady ready) {
    rebuild();
  }

  void apply(@Observes Change change) {
    if (change.kind() != Change.Kind.SESSION_ENDED) {
      rebuild();
    }
  }

  void reset(@Observes FeedReset reset) {
    rebuild();
  }

  private void rebuild() {
    TrustSnapshot next = load();
    jwks.maintain(next.jwksUrls());
    changed.fire(new TrustChanged(next));
  }

  // One at a time, and each reads after it has begun: the last one stored is never an older state.
  private synchronized TrustSnapshot load() {
    // Configs before issuers: a config that is read has an issuer that is read later.
    List<AppAuthConfigDetails> allConfigs = configs.all();
    snapshot = builder.build(snapshot, apps.all(), issuers.all(), allConfigs);
    return snapshot;
  }

  /// A key that signed tokens is gone: decisions about the apps that it opened are void.
  void keyVanished(URI url) {
    TrustSnapshot next;
    synchronized (this) {
      next = TrustBuilder.withoutDecisions(snapshot, url);
      snapshot = next;
    }
    changed.fire(new TrustChanged(next));
  }
}
