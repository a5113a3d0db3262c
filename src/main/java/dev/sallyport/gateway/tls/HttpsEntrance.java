package dev.sallyport.gateway.tls;

import dev.sallyport.config.Settings;
import dev.sallyport.config.TlsSettings;
import io.undertow.server.HttpHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens and closes https with the door, where the settings ask for it.
@ApplicationScoped
public class HttpsEntrance {
  private static final Duration SOON = Duration.ofDays(14);

  @Inject Settings settings;
  @Inject Clock clock;

  private volatile @Nullable HttpsListener listener;

  /// Requests go to this handler from now on.
  public void open(HttpHandler handler) {
    TlsSettings tls = settings.tls();
    if (tls != null) {
      listener = HttpsListener.open(new CertificateFiles(tls, clock), settings, handler);
    }
  }

  /// Connections end with it.
  public void close() {
    HttpsListener open = listener;
    if (open != null) {
      open.close();
    }
  }

  /// What an operator should know of the certificate.
  Optional<String> warning() {
    HttpsListener open = listener;
    if (open == null) {
      return Optional.empty();
    }
    CertificateFiles files = open.files();
    String fault = files.fault();
    Instant end = CertificateFiles.end(files.keys().newest());
    if (fault != null) {
      return Optional.of(fault + "; the certificate from before is shown, it ends at " + end);
    }
    boolean isNear = end.isBefore(clock.instant().plus(SOON));
    return isNear ? Optional.of("The certificate ends at " + end) : Optional.empty();
  }
}
