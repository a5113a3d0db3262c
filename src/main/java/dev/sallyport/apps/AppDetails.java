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
    long revision,
    Instant createdAt,
    Instant updatedAt) {

  /// One address that serves the app.
  public record UpstreamDetails(String id, String name, String url) {}
}
