package dev.sallyport.apps;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One app, complete. `url` is where clients call it, and its RFC 8707 resource. `labels` include
/// the one that is set by itself.
public record AppDetails(
    String id,
    String name,
    String description,
    String uri,
    String kind,
    String url,
    Map<String, String> labels,
    List<UpstreamDetails> upstreams,
    List<String> allowedOrigins,
    List<String> upstreamHosts,
    boolean discoverable,
    @Nullable String publicAddress,
    Traffic traffic,
    long revision,
    Instant createdAt,
    Instant updatedAt) {

  /// The same with how its upstreams are now.
  AppDetails withHealth(HealthBoard board) {
    List<UpstreamDetails> seen =
        upstreams.stream()
            .map(u -> new UpstreamDetails(u.id, u.name, u.url, board.of(u.id).orElse(null)))
            .toList();
    return new AppDetails(
        id,
        name,
        description,
        uri,
        kind,
        url,
        labels,
        seen,
        allowedOrigins,
        upstreamHosts,
        discoverable,
        publicAddress,
        traffic,
        revision,
        createdAt,
        updatedAt);
  }

  /// One address that serves the app. `health` is absent where only what is configured counts.
  public record UpstreamDetails(
      String id, String name, String url, @Nullable UpstreamHealth health) {}
}
