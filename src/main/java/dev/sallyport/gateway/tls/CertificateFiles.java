package dev.sallyport.gateway.tls;

import dev.sallyport.config.TlsSettings;
import dev.sallyport.crypto.Pem;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TlsIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Looks at the two files and shows what they hold, if it is any good. They are read, not watched:
/// what mounts secrets swaps links, which file systems do not tell of.
final class CertificateFiles {
  private static final Logger LOG = Logger.getLogger(CertificateFiles.class);

  private final TlsSettings settings;
  private final Clock clock;
  private final ShownKeys keys;
  private Content shown;
  private volatile @Nullable String fault;

  private record Content(String chain, Secret key) {}

  /// Throws an `IllegalArgumentException` that names the setting when there is nothing to begin
  /// with.
  CertificateFiles(TlsSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    shown = read();
    keys = new ShownKeys(identity(shown));
  }

  TlsSettings settings() {
    return settings;
  }

  ShownKeys keys() {
    return keys;
  }

  synchronized void look() {
    try {
      Content content = read();
      if (!content.equals(shown)) {
        TlsIdentity next = identity(content);
        refuseEnded(next);
        keys.show(next);
        shown = content;
        LOG.infof("https shows a new certificate, which ends at %s", end(next));
      }
      fault = null;
    } catch (RuntimeException e) {
      // Whatever it is that files can hold: the timer must live.
      String sentence = String.valueOf(e.getMessage());
      if (!sentence.equals(fault)) {
        LOG.warnf("https goes on with its old certificate: %s", sentence);
      }
      fault = sentence;
    }
  }

  /// What is wrong with the files since the last look; null when nothing is.
  @Nullable String fault() {
    return fault;
  }

  private void refuseEnded(TlsIdentity next) {
    if (!clock.instant().isBefore(end(next)) && clock.instant().isBefore(end(keys.newest()))) {
      throw new IllegalArgumentException("SALLYPORT_TLS_CERTIFICATE_FILE ended at " + end(next));
    }
  }

  static Instant end(TlsIdentity identity) {
    return identity.chain().getFirst().getNotAfter().toInstant();
  }

  private Content read() {
    return new Content(
        text("SALLYPORT_TLS_CERTIFICATE_FILE", settings.certificate()),
        new Secret(text("SALLYPORT_TLS_KEY_FILE", settings.key())));
  }

  private static String text(String setting, Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalArgumentException(setting + " can't be read: " + file, e);
    }
  }

  private static TlsIdentity identity(Content content) {
    var chain = named("SALLYPORT_TLS_CERTIFICATE_FILE", () -> Pem.certificates(content.chain()));
    return named("SALLYPORT_TLS_KEY_FILE", () -> TlsIdentity.of(chain, content.key()));
  }

  private static <T> T named(String setting, Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(setting + " " + e.getMessage(), e);
    }
  }
}
