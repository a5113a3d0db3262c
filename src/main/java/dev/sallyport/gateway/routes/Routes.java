package dev.sallyport.gateway.routes;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.TrustSnapshot;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppKind;
import dev.sallyport.connections.UpstreamCredentials;
import dev.sallyport.connections.tls.AppTls;
import dev.sallyport.connections.tls.TlsChoice;
import dev.sallyport.gateway.relay.UpstreamPool;
import dev.sallyport.gateway.relay.UpstreamTarget;
import dev.sallyport.gateway.relay.WaitCounts;
import dev.sallyport.http.AllowedOrigins;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The routes of this node, by app name.
public final class Routes {
  private final String publicBase;
  private final AllowedOrigins own;
  private final UpstreamCredentials credentials;
  private final AppTls tls;
  private final Pools pools;
  private volatile Map<String, Route> byName = Map.of();
  private volatile Map<String, Site> byHost = Map.of();

  /// @param provision what upstreams get, and over which TLS
  public Routes(String publicBase, ProvisionSources provision, Pools pools) {
    this.publicBase = publicBase;
    this.own = new AllowedOrigins(List.of(publicBase));
    this.credentials = provision.credentials();
    this.tls = provision.tls();
    this.pools = pools;
  }

  /// Where what upstreams get comes from, and what protects it.
  public record ProvisionSources(UpstreamCredentials credentials, AppTls tls) {}

  /// The origin of this gateway's own pages, which may call every app.
  public AllowedOrigins own() {
    return own;
  }

  public @Nullable Route find(String app) {
    return byName.get(app);
  }

  /// The app whose own host it is, as a `Host` header names it; null when it is none's.
  public @Nullable Site site(String host) {
    Map<String, Site> sites = byHost;
    return sites.isEmpty() ? null : sites.get(host.toLowerCase(Locale.ROOT));
  }

  private static Map<String, Site> sites(Collection<Route> routes) {
    Map<String, Site> sites = new HashMap<>();
    for (Route route : routes) {
      String address = route.trust().app().publicAddress();
      if (address != null) {
        List<String> origins = new ArrayList<>(route.trust().app().allowedOrigins());
        origins.add(address);
        Site site = Site.of(route, origins);
        String authority = URI.create(address).getRawAuthority();
        sites.put(authority, site);
        if (URI.create(address).getPort() < 0) {
          sites.put(authority + (address.startsWith("https:") ? ":443" : ":80"), site);
        }
      }
    }
    return Map.copyOf(sites);
  }

  /// Follows trust. Asks for it within the lock: of two that follow at once, the later one never
  /// sees an older state.
  public synchronized void update(Supplier<TrustSnapshot> current) {
    TrustSnapshot snapshot = current.get();
    credentials.prepare(snapshot.apps().values().stream().map(AppTrust::app).toList());
    tls.prepare();
    Map<String, Route> next = new HashMap<>();
    pools.begin();
    snapshot.apps().forEach((name, trust) -> next.put(name, route(trust)));
    byName = Map.copyOf(next);
    byHost = sites(next.values());
    pools.closeUnused();
  }

  private Route route(AppTrust trust) {
    AppDetails app = trust.app();
    TlsChoice choice = tls.upstream(app.id());
    List<UpstreamPool> upstreams = new ArrayList<>();
    for (AppDetails.UpstreamDetails upstream : app.upstreams()) {
      if (credentials.fault(app, upstream.url()) != null || choice instanceof TlsChoice.Broken) {
        // Credentials stay at home; the app's page says which upstream is left out and why. And
        // nothing is called with less protection than was asked for.
        continue;
      }
      UpstreamTarget target = new UpstreamTarget(upstream.id(), URI.create(upstream.url()));
      upstreams.add(
          pools.of(app, target, choice instanceof TlsChoice.Own(SSLContext own) ? own : null));
    }
    List<String> origins = new ArrayList<>(app.allowedOrigins());
    origins.add(publicBase);
    return new Route(
        trust,
        new AllowedOrigins(origins),
        List.copyOf(upstreams),
        app.kind().equals(AppKind.MCP.code()),
        app.traffic().kept(),
        credentials.kind(app));
  }

  /// How calls waited for places at upstreams.
  public WaitCounts waits() {
    return pools.waits();
  }

  public synchronized void close() {
    byName = Map.of();
    byHost = Map.of();
    pools.begin();
    pools.closeUnused();
  }
}
