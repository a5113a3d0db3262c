package dev.sallyport.appauth;

import dev.sallyport.apps.AppService;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.ChangesApplied;
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
import java.util.Set;

/// The node's current snapshot. Rebuilt once for all that a read of the feed brought, and only for
/// what it is made of; whoever holds decisions hears of it by [TrustChanged].
@ApplicationScoped
public class Trust {
  private static final Set<Change.Kind> INGREDIENTS =
      Set.of(Change.Kind.APP, Change.Kind.ISSUER, Change.Kind.CONFIG);

  @Inject AppService apps;
  @Inject IssuerService issuers;
  @Inject AppAuthConfigService configs;
  @Inject JwksCache jwks;
  @Inject Event<TrustChanged> changed;

  private final TrustBuilder builder = new TrustBuilder();
  private volatile TrustSnapshot snapshot = TrustSnapshot.EMPTY;
  private volatile TrustSnapshot told = TrustSnapshot.EMPTY;
  // Touched by reads of the feed only, of which there is one at a time.
  private boolean isStale;

  /// The snapshot of this moment.
  public TrustSnapshot current() {
    return snapshot;
  }

  void start(@Observes @Priority(DatabaseReady.CACHES) DatabaseReady ready) {
    rebuild();
  }

  void apply(@Observes Change change) {
    if (INGREDIENTS.contains(change.kind())) {
      isStale = true;
    }
  }

  void reset(@Observes FeedReset reset) {
    isStale = true;
  }

  void applied(@Observes ChangesApplied read) {
    if (isStale) {
      rebuild();
      isStale = false;
    }
  }

  private void rebuild() {
    TrustSnapshot next = load();
    jwks.maintain(next.jwksUrls());
    tell(next);
  }

  // What somebody could not take is told again with the next snapshot.
  private void tell(TrustSnapshot next) {
    changed.fire(TrustChanged.between(told, next));
    told = next;
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
    tell(next);
  }
}
