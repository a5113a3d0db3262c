package dev.sallyport.apps;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/// Where the gateway shows how upstreams are. Each node sees for itself.
@ApplicationScoped
public class HealthBoard {
  private final ConcurrentMap<String, Supplier<UpstreamHealth>> shown = new ConcurrentHashMap<>();

  /// Shows the upstream of this id, until it is taken down or shown by another.
  public void show(String upstreamId, Supplier<UpstreamHealth> health) {
    shown.put(upstreamId, health);
  }

  public void takeDown(String upstreamId, Supplier<UpstreamHealth> health) {
    shown.remove(upstreamId, health);
  }

  /// Empty when no call can go there from here.
  Optional<UpstreamHealth> of(String upstreamId) {
    return Optional.ofNullable(shown.get(upstreamId)).map(Supplier::get);
  }
}
