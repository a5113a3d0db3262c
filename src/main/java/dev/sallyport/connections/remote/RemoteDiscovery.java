package dev.sallyport.connections.remote;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppKind;
import dev.sallyport.connections.remote.FoundStore.FoundFor;
import dev.sallyport.connections.tls.AppTls;
import dev.sallyport.connections.tls.TlsChoice;
import dev.sallyport.http.OutboundHttp;
import dev.sallyport.problem.SallyportException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Finds the authorization servers of apps. What was found is used for 30 minutes, or until the app
/// changes, and for a day while it can't be found again; what can't be found is a
/// `connection-discovery-failed` that says why.
@ApplicationScoped
public class RemoteDiscovery {
  @Inject OutboundHttp http;
  @Inject AppTls tls;
  @Inject FoundStore store;

  /// An app as it was when it was looked at, and whether it had to be asked for its challenge.
  private record AppAt(
      String appId,
      long revision,
      ConnectionSettings settings,
      boolean asked,
      @Nullable String pointer) {}

  // What is stored already; and what must do for a while, so that not each call waits for servers
  // that are down.
  private final Cache<AppAt, Found> kept = remembering(Duration.ofMinutes(30));
  private final Cache<AppAt, Found> stale = remembering(Duration.ofMinutes(1));

  private static Cache<AppAt, Found> remembering(Duration time) {
    return Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(time).build();
  }

  /// What a walk found out on its way.
  public record Walked(@Nullable RemoteResource resource, List<DiscoveryStep> steps) {}

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Remembered<AppAt, Found> apps = new Remembered<>(threads, Ticker.systemTicker());
  private final Remembered<String, AuthorizationServer> servers =
      new Remembered<>(threads, Ticker.systemTicker());

  /// Where people sign in for the app.
  ///
  /// @param challenge what the app's server said when it refused a call; without one it is asked
  public RemoteResource discover(
      AppDetails app, ConnectionSettings settings, @Nullable Challenge challenge) {
    String pointer = challenge == null ? null : challenge.resourceMetadata();
    AppAt key = new AppAt(app.id(), app.revision(), settings, challenge == null, pointer);
    Found last = stale.getIfPresent(key);
    return (last != null ? last : found(app, key, challenge)).resource(settings, challenge);
  }

  private Found found(AppDetails app, AppAt key, @Nullable Challenge challenge) {
    FoundFor what = new FoundFor(app.id(), app.uri(), key.settings());
    try {
      Found found = apps.get(key, () -> walk(app, Trail.ofApp()).run(key.settings(), challenge));
      if (!found.equals(kept.asMap().put(key, found))) {
        store.keep(what, found);
      }
      return found;
    } catch (SallyportException e) {
      Found last = store.last(what).orElseThrow(() -> e);
      stale.put(key, last);
      return last;
    }
  }

  /// The authorization server with this issuer, for refresh and revocation.
  public AuthorizationServer server(String issuer) {
    return servers.get(
        ServerMetadata.withoutSlash(issuer),
        () -> new ServerSearch(new MetadataFetch(http), Trail.ofServer()).find(issuer));
  }

  /// Looks now, and says at each step what was found; there is no resource where a step failed.
  public Walked report(AppDetails app, ConnectionSettings settings) {
    Trail trail = Trail.ofApp();
    try {
      Found found = walk(app, trail).run(settings, null);
      return new Walked(found.resource(settings, null), trail.steps());
    } catch (SallyportException e) {
      return new Walked(null, trail.steps());
    }
  }

  private Walk walk(AppDetails app, Trail trail) {
    URI url = Objects.requireNonNull(ResourceUrl.parse(app.uri().replaceFirst("^mcp\\+", "")));
    boolean isMcp = app.kind().equals(AppKind.MCP.code());
    ResourceUrl resource = new ResourceUrl(url);
    MetadataFetch fetch = new MetadataFetch(http);
    switch (tls.upstream(app.id())) {
      case TlsChoice.Standard() -> {}
      case TlsChoice.Own(SSLContext own) -> fetch.own(resource, own);
      case TlsChoice.Broken() -> throw trail.fail("The app's own TLS can't be used.");
    }
    return new Walk(fetch, trail, resource, isMcp);
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
