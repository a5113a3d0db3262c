package dev.sallyport.apps;

import dev.sallyport.persistence.Revised;
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
    Instant updatedAt)
    implements Revised {

  /// The same with what is true of its upstreams right now.
  AppDetails seen(Map<String, Lease> leases, HealthBoard board) {
    return servedBy(upstreams.stream().map(u -> u.seen(leases.get(u.id), board)).toList());
  }

  /// The same app, served elsewhere.
  public AppDetails servedBy(List<UpstreamDetails> others) {
    return new AppDetails(
        id,
        name,
        description,
        uri,
        kind,
        url,
        labels,
        others,
        allowedOrigins,
        upstreamHosts,
        discoverable,
        publicAddress,
        traffic,
        revision,
        createdAt,
        updatedAt);
  }

  /// Who reports an upstream, and how long that is believed.
  public record Lease(String reportedBy, Instant until) {}

  /// One address that serves the app. `lease` is there if it was reported instead of configured;
  /// both it and `health` are absent where only what is configured counts.
  public record UpstreamDetails(
      String id, String name, String url, @Nullable Lease lease, @Nullable UpstreamHealth health) {

    UpstreamDetails seen(@Nullable Lease leased, HealthBoard board) {
      return new UpstreamDetails(id, name, url, leased, board.of(id).orElse(null));
    }
  }
}
