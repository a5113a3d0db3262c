package dev.sallyport.connections.tls;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.config.Settings;
import dev.sallyport.connections.tls.TlsStore.Sealed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Says with what TLS apps are called.
@ApplicationScoped
public class AppTls {
  private static final Logger LOG = Logger.getLogger(AppTls.class);

  @Inject TlsStore store;
  @Inject Settings settings;

  private record Version(String appId, TlsUse use, long revision) {}

  // The same instance as long as nothing changed: connections are kept by it.
  private final Cache<Version, TlsChoice> built =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofDays(1)).build();
  private volatile Map<String, TlsChoice> upstreams = Map.of();

  /// Reads what all upstreams are called with in one go.
  public void prepare() {
    upstreams =
        store.all(TlsUse.UPSTREAM).stream()
            .collect(Collectors.toUnmodifiableMap(Sealed::appId, this::choice));
  }

  /// For the app's upstreams, as of the last look.
  public TlsChoice upstream(String appId) {
    return upstreams.getOrDefault(appId, new TlsChoice.Standard());
  }

  /// For the token endpoint of the app's credential. Asks the database.
  public TlsChoice tokenEndpoint(String appId) {
    return store
        .find(appId, TlsUse.TOKEN_ENDPOINT)
        .map(this::choice)
        .orElseGet(TlsChoice.Standard::new);
  }

  private TlsChoice choice(Sealed row) {
    if (row.certificate() == null && row.authorities() == null) {
      return new TlsChoice.Standard();
    }
    Version version = new Version(row.appId(), row.use(), row.revision());
    return built.get(version, _ -> build(row));
  }

  private TlsChoice build(Sealed row) {
    try {
      return new TlsChoice.Own(store.open(row).context(settings.outbound().caFile()));
    } catch (IllegalStateException | IllegalArgumentException e) {
      LOG.errorf(e, "TLS of the app %s (%s) can't be used", row.appId(), row.use().code());
      return new TlsChoice.Broken();
    }
  }
}
