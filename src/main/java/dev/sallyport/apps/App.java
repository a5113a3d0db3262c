package dev.sallyport.apps;

import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.StringListJson;
import dev.sallyport.persistence.StringMapJson;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A registered MCP server or HTTP app. Its labels decide whose tokens may enter it; its name
/// stands in the URL that clients call.
@Entity
@Table(name = "app")
class App {
  static final String INTERNAL_PREFIX = "sallyport.internal/";
  static final String KIND_LABEL = INTERNAL_PREFIX + "app-kind";

  @Id String id;
  @Column String name;
  @Column String description;
  @Column String uri;
  @Column String kind;

  @Column
  @Convert(converter = StringMapJson.class)
  Map<String, String> labels;

  @Column(name = "allowed_origins")
  @Convert(converter = StringListJson.class)
  List<String> allowedOrigins;

  @Column(name = "upstream_hosts")
  @Convert(converter = StringListJson.class)
  List<String> upstreamHosts;

  @Column boolean discoverable;

  @Column(name = "public_address")
  @Nullable String publicAddress;

  @Column String affinity;

  @Column(name = "health_check")
  String healthCheck;

  @Column(name = "max_calls_per_upstream")
  @Nullable Integer maxCallsPerUpstream;

  @Column(name = "max_waiting")
  int maxWaiting;

  @Version long revision;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  protected App() {}

  App(AppInput checked, Instant now) {
    this.id = RandomTokens.id("app_");
    this.createdAt = now;
    apply(checked, now);
  }

  /// Takes over a checked input whole.
  final void apply(AppInput checked, Instant now) {
    this.name = Objects.requireNonNull(checked.name());
    this.uri = Objects.requireNonNull(checked.uri());
    this.kind = AppKind.ofUri(uri).orElseThrow().code();
    this.description = Objects.requireNonNullElse(checked.description(), "");
    this.allowedOrigins = Objects.requireNonNullElse(checked.allowedOrigins(), List.of());
    this.upstreamHosts = Objects.requireNonNullElse(checked.upstreamHosts(), List.of());
    this.discoverable = Objects.requireNonNullElse(checked.discoverable(), true);
    this.publicAddress = PublicAddress.written(checked.publicAddress());
    apply(Traffic.complete(checked.traffic()));
    var labelled =
        new TreeMap<String, String>(Objects.requireNonNullElse(checked.labels(), Map.of()));
    labelled.put(KIND_LABEL, kind);
    this.labels = labelled;
    this.updatedAt = now;
  }

  /// The hosts that its upstreams may be on, in lower case.
  TreeSet<String> hosts() {
    var hosts = new TreeSet<String>();
    upstreamHosts.forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
    hosts.add(URI.create(AppCheck.stripped(uri)).getHost().toLowerCase(Locale.ROOT));
    return hosts;
  }

  private void apply(Traffic traffic) {
    this.affinity = traffic.kept().code();
    this.healthCheck = traffic.checked().code();
    this.maxCallsPerUpstream = traffic.maxCallsPerUpstream();
    this.maxWaiting = traffic.waiting();
  }

  AppDetails details(List<AppDetails.UpstreamDetails> upstreams, String publicBase) {
    String prefix = kind.equals(AppKind.MCP.code()) ? "/mcp/apps/" : "/apps/";
    return new AppDetails(
        id,
        name,
        description,
        uri,
        kind,
        publicBase + prefix + name,
        Map.copyOf(labels),
        upstreams,
        List.copyOf(allowedOrigins),
        List.copyOf(upstreamHosts),
        discoverable,
        publicAddress,
        new Traffic(affinity, healthCheck, maxCallsPerUpstream, maxWaiting),
        revision,
        createdAt,
        updatedAt);
  }
}
