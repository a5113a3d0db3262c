package dev.sallyport.connections.tls;

import dev.sallyport.persistence.Revised;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An app's own TLS without its key.
///
/// @param certificate the client certificate and what leads to its root, PEM
/// @param shown what the first of them says
/// @param authorities authorities that count besides the system's, PEM
/// @param trusted what they say
public record TlsDetails(
    String appId,
    String use,
    @Nullable String certificate,
    @Nullable Shown shown,
    boolean hasPrivateKey,
    @Nullable String authorities,
    List<Shown> trusted,
    long revision,
    @Nullable Instant updatedAt)
    implements Revised {

  /// A certificate in short.
  public record Shown(String subject, String issuer, Instant notAfter) {
    static Shown of(X509Certificate certificate) {
      return new Shown(
          certificate.getSubjectX500Principal().getName(),
          certificate.getIssuerX500Principal().getName(),
          certificate.getNotAfter().toInstant());
    }
  }
}
