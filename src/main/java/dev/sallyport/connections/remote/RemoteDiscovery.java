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
/// changes, and by calls for a day while its servers are out of reach; what can't be found is a
/// `connection-discovery-failed` that says why.
@ApplicationScoped
public class RemoteDiscovery {
  private static final Duration JUST_NOW = Duration.ofMinutes(1);

  @Inject OutboundHttp http;
  @Inject AppTls tls;
  @Inject FoundStore store;
  Ticker ticker = Ticker.systemTicker();

  /// An app as it was when it was looked at, and where its server had pointed to.
  private record AppAt(
      String appId, long revision, ConnectionSettings settings, @Nullable String pointer) {
    AppAt by(@Nullable String other) {
      return new AppAt(appId, revision, settings, other);
    }
  }

  private record Pointer(@Nullable String url) {}

  // What is stored already; what must do for a while, so that not each call waits for servers that
  // are down; and where apps' servers pointed to, here or at another node.
  private final Cache<AppAt, Found> kept = remembering(Duration.ofMinutes(30));
  private final Cache<AppAt, Found> stale = remembering(JUST_NOW);
  private final Cache<AppAt, Pointer> pointers = remembering(JUST_NOW);

  private static <T> Cache<AppAt, T> remembering(Duration time) {
    return Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(time).build();
  }

  /// What a walk found out on its way.
  public record Walked(@Nullable RemoteResource resource, List<DiscoveryStep> steps) {}

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Remembered<AppAt, Found> apps = new Remembered<>(threads, this::now);
  private final Remembered<String, AuthorizationServer> servers =
      new Remembered<>(threads, this::now);

  private long now() {
    return ticker.read();
  }

  /// Whose tokens a call to the app takes along. While the servers are out of reach, the last
  /// answer serves.
  public RemoteResource discover(AppDetails app, ConnectionSettings settings) {
    return ofCall(app, settings).resource(settings, null);
  }

  /// Where people sign in for the app now: nobody is sent away by what is only remembered.
  public RemoteResource discoverForSignIn(AppDetails app, ConnectionSettings settings) {
    AppAt at = new AppAt(app.id(), app.revision(), settings, null);
    try {
      return found(app, at.by(stored(app, at).url())).resource(settings, null);
    } catch (DiscoveryException e) {
      throw e.refusal();
    }
  }

  /// The same as [#discover] after the app's server would not take a token: it may have moved to
  /// other servers, and says so with its refusal.
  public RemoteResource discoverAgain(
      AppDetails app, ConnectionSettings settings, Challenge challenge) {
    AppAt at = new AppAt(app.id(), app.revision(), settings, null);
    String pointer = challenge.resourceMetadata();
    boolean isPointed = ResourceUrl.parse(pointer) != null;
    AppAt key = at.by(isPointed ? pointer : pointer(app, at).url());
    try {
      Found found = keep(app, apps.getNewer(key, JUST_NOW, () -> walk(app, key)), at);
      pointers.put(at, new Pointer(found.pointer()));
      stale.invalidate(key);
      return found.resource(settings, challenge);
    } catch (DiscoveryException e) {
      return ofCall(app, settings).resource(settings, challenge);
    }
  }

  private Found ofCall(AppDetails app, ConnectionSettings settings) {
    AppAt at = new AppAt(app.id(), app.revision(), settings, null);
    AppAt key = at.by(pointer(app, at).url());
    Found last = stale.getIfPresent(key);
    try {
      return last != null ? last : found(app, key);
    } catch (DiscoveryException e) {
      Found before = e.isAway() ? store.last(what(app, at)).orElse(null) : null;
      if (before == null) {
        throw e.refusal();
      }
      stale.put(key, before);
      return before;
    }
  }

  private Found found(AppDetails app, AppAt key) {
    return keep(app, apps.get(key, () -> walk(app, key)), key.by(null));
  }

  private Found keep(AppDetails app, Found found, AppAt at) {
    if (!found.equals(kept.asMap().put(at, found))) {
      store.keep(what(app, at), found);
    }
    return found;
  }

  private Pointer pointer(AppDetails app, AppAt at) {
    Pointer known = pointers.getIfPresent(at);
    return known == null ? stored(app, at) : known;
  }

  private Pointer stored(AppDetails app, AppAt at) {
    Pointer pointer = new Pointer(store.last(what(app, at)).map(Found::pointer).orElse(null));
    pointers.put(at, pointer);
    return pointer;
  }

  private static FoundFor what(AppDetails app, AppAt at) {
    return new FoundFor(app.id(), app.uri(), at.settings());
  }

  /// The authorization server with this issuer, for refresh and revocation.
  public AuthorizationServer server(String issuer) {
    try {
      return servers.get(
          ServerMetadata.withoutSlash(issuer),
          () -> new ServerSearch(new MetadataFetch(http), Trail.ofServer()).find(issuer));
    } catch (DiscoveryException e) {
      throw e.refusal();
    }
  }

  /// Looks now, and says at each step what was found; there is no resource where a step failed.
  public Walked report(AppDetails app, ConnectionSettings settings) {
    Trail trail = Trail.ofApp();
    try {
      Found found = walk(app, trail).run(settings, null);
      return new Walked(found.resource(settings, null), trail.steps());
    } catch (DiscoveryException e) {
      return new Walked(null, trail.steps());
    }
  }

  private Found walk(AppDetails app, AppAt key) {
    return walk(app, Trail.ofApp()).run(key.settings(), key.pointer());
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
