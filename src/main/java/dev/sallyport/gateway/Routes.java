package dev.sallyport.gateway;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.TrustSnapshot;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppKind;
import dev.sallyport.connections.UpstreamCredentials;
import dev.sallyport.gateway.relay.Egress;
import dev.sallyport.gateway.relay.UpstreamPool;
import dev.sallyport.gateway.relay.UpstreamTarget;
import dev.sallyport.http.AllowedOrigins;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The routes of this node, by app name. An upstream that did not move keeps its connections.
final class Routes {
  private final Egress egress;
  private final String publicBase;
  private final UpstreamCredentials credentials;
  private final Map<UpstreamTarget, UpstreamPool> pools = new HashMap<>();
  private volatile Map<String, Route> byName = Map.of();

  Routes(Egress egress, String publicBase, UpstreamCredentials credentials) {
    this.egress = egress;
    this.publicBase = publicBase;
    this.credentials = credentials;
  }

  @Nullable Route find(String app) {
    return byName.get(app);
  }

  synchronized void update(TrustSnapshot snapshot) {
    credentials.prepare(snapshot.apps().values().stream().map(AppTrust::app).toList());
    Set<UpstreamTarget> used = new HashSet<>();
    Map<String, Route> next = new HashMap<>();
    snapshot.apps().forEach((name, trust) -> next.put(name, route(trust, used)));
    byName = Map.copyOf(next);
    closeUnless(used);
  }

  private Route route(AppTrust trust, Set<UpstreamTarget> used) {
    AppDetails app = trust.app();
    List<UpstreamPool> upstreams = new ArrayList<>();
    for (AppDetails.UpstreamDetails upstream : app.upstreams()) {
      if (credentials.fault(app, upstream.url()) != null) {
        // Credentials stay at home; the app's page says which upstream is left out and why.
        continue;
      }
      UpstreamTarget target = new UpstreamTarget(upstream.id(), URI.create(upstream.url()));
      used.add(target);
      upstreams.add(pools.computeIfAbsent(target, t -> new UpstreamPool(t, egress)));
    }
    List<String> origins = new ArrayList<>(app.allowedOrigins());
    origins.add(publicBase);
    return new Route(
        trust,
        new AllowedOrigins(origins),
        List.copyOf(upstreams),
        app.kind().equals(AppKind.MCP.code()));
  }

  private void closeUnless(Set<UpstreamTarget> used) {
    pools
        .entrySet()
        .removeIf(
            entry -> {
              boolean isGone = !used.contains(entry.getKey());
              if (isGone) {
                entry.getValue().close();
              }
              return isGone;
            });
  }

  synchronized void close() {
    byName = Map.of();
    closeUnless(Set.of());
  }
}
