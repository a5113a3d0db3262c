package dev.sallyport.gateway;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.TrustSnapshot;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppKind;
import dev.sallyport.connections.UpstreamCredentials;
import dev.sallyport.gateway.relay.UpstreamPool;
import dev.sallyport.gateway.relay.UpstreamTarget;
import dev.sallyport.http.AllowedOrigins;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The routes of this node, by app name.
final class Routes {
  private final String publicBase;
  private final UpstreamCredentials credentials;
  private final Pools pools;
  private volatile Map<String, Route> byName = Map.of();

  Routes(String publicBase, UpstreamCredentials credentials, Pools pools) {
    this.publicBase = publicBase;
    this.credentials = credentials;
    this.pools = pools;
  }

  @Nullable Route find(String app) {
    return byName.get(app);
  }

  synchronized void update(TrustSnapshot snapshot) {
    credentials.prepare(snapshot.apps().values().stream().map(AppTrust::app).toList());
    Map<String, Route> next = new HashMap<>();
    pools.begin();
    snapshot.apps().forEach((name, trust) -> next.put(name, route(trust)));
    byName = Map.copyOf(next);
    pools.closeUnused();
  }

  private Route route(AppTrust trust) {
    AppDetails app = trust.app();
    List<UpstreamPool> upstreams = new ArrayList<>();
    for (AppDetails.UpstreamDetails upstream : app.upstreams()) {
      if (credentials.fault(app, upstream.url()) != null) {
        // Credentials stay at home; the app's page says which upstream is left out and why.
        continue;
      }
      UpstreamTarget target = new UpstreamTarget(upstream.id(), URI.create(upstream.url()));
      upstreams.add(pools.of(app, target));
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

  synchronized void close() {
    byName = Map.of();
    pools.begin();
    pools.closeUnused();
  }
}
