package dev.sallyport.gateway;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.gateway.relay.UpstreamPool;
import dev.sallyport.http.AllowedOrigins;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// One app as the gateway serves it: who may enter, which pages may call, where its upstreams are.
record Route(AppTrust trust, AllowedOrigins origins, List<UpstreamPool> upstreams, boolean isMcp) {

  /// The upstreams in the order to try them: another first one for each call, to spread the load.
  List<UpstreamPool> anyOrder() {
    if (upstreams.size() < 2) {
      return upstreams;
    }
    List<UpstreamPool> order = new ArrayList<>(upstreams);
    Collections.rotate(order, ThreadLocalRandom.current().nextInt(order.size()));
    return order;
  }

  /// The upstream of this id; null when the app has it no longer.
  @Nullable UpstreamPool upstream(String id) {
    for (UpstreamPool pool : upstreams) {
      if (pool.target().id().equals(id)) {
        return pool;
      }
    }
    return null;
  }
}
