package dev.sallyport.connections.remote;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.Traffic;
import dev.sallyport.config.OutboundSettings;
import dev.sallyport.connections.tls.AppTls;
import dev.sallyport.http.AddressGuard;
import dev.sallyport.http.GuardedResolver;
import dev.sallyport.http.OutboundHttp;
import dev.sallyport.http.OwnEndpoints;
import dev.sallyport.problem.SallyportException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A discovery that may reach 127.0.0.1, and what it is asked.
final class Remote implements AutoCloseable {
  static final ConnectionSettings UNSET =
      new ConnectionSettings(null, List.of(), Map.of(), null, false, false);

  final RemoteDiscovery discovery = new RemoteDiscovery();

  Remote() {
    this(InetAddress::getAllByName);
  }

  Remote(GuardedResolver.Names names) {
    discovery.http = http(names);
    // Nothing prepared: every app is called with the server's own trust.
    discovery.tls = new AppTls();
    discovery.store = new MemoryStore();
  }

  /// Another node with the same database.
  Remote(Remote other) {
    this();
    discovery.store = other.discovery.store;
  }

  static OutboundHttp http(GuardedResolver.Names names) {
    List<String> allow = List.of("127.0.0.1");
    OwnEndpoints own = new OwnEndpoints(URI.create("https://gate.example"), Set.of());
    AddressGuard guard = new AddressGuard(allow, own);
    return new OutboundHttp(
        new OutboundSettings(allow, List.of(), List.of(), null, null),
        guard,
        new GuardedResolver(guard, names));
  }

  /// Keeps in memory what the server keeps in its database.
  private static final class MemoryStore extends FoundStore {
    private final Map<FoundFor, Found> rows = new ConcurrentHashMap<>();

    @Override
    void keep(FoundFor what, Found found) {
      rows.put(what, found);
    }

    @Override
    Optional<Found> last(FoundFor what) {
      return Optional.ofNullable(rows.get(what));
    }
  }

  static ConnectionSettings pinned(String issuer) {
    return new ConnectionSettings(issuer, List.of(), Map.of(), null, false, false);
  }

  static AppDetails app(String url) {
    return app(url, 1);
  }

  static AppDetails app(String url, long revision) {
    Instant now = Instant.EPOCH;
    return new AppDetails(
        "app_1",
        "remote",
        "",
        "mcp+" + url,
        "mcp",
        "https://gate.example/mcp/apps/remote",
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        true,
        null,
        Traffic.STANDARD,
        revision,
        now,
        now);
  }

  RemoteResource of(String url) {
    return discovery.discover(app(url), UNSET);
  }

  RemoteResource of(String url, ConnectionSettings settings, @Nullable Challenge challenge) {
    return challenge == null
        ? discovery.discover(app(url), settings)
        : discovery.discoverAgain(app(url), settings, challenge);
  }

  /// Why it fails, as a sentence.
  String fault(String url) {
    return fault(url, UNSET);
  }

  String fault(String url, ConnectionSettings settings) {
    return catchThrowableOfType(SallyportException.class, () -> of(url, settings, null)).detail();
  }

  @Override
  public void close() {
    discovery.close();
    discovery.http.close();
  }
}
