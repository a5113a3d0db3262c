package dev.sallyport.connections.tls;

import dev.sallyport.crypto.Pem;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TlsIdentity;
import dev.sallyport.http.TrustedRoots;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// An app's own TLS as it is kept, all in PEM.
///
/// @param revision 0 when nothing was ever configured
record StoredTls(
    String appId,
    TlsUse use,
    @Nullable String certificate,
    @Nullable Secret privateKey,
    @Nullable String authorities,
    long revision,
    @Nullable Instant updatedAt) {

  static StoredTls none(String appId, TlsUse use) {
    return new StoredTls(appId, use, null, null, null, 0, null);
  }

  SSLContext context(@Nullable Path caFile) {
    TlsIdentity client =
        certificate == null || privateKey == null
            ? null
            : TlsIdentity.of(Pem.certificates(certificate), privateKey);
    return TrustedRoots.context(caFile, authoritiesRead(), client);
  }

  private List<X509Certificate> authoritiesRead() {
    return authorities == null ? List.of() : Pem.certificates(authorities);
  }

  TlsDetails details() {
    List<X509Certificate> chain =
        certificate == null ? List.of() : Pem.certificates(certificate).subList(0, 1);
    return new TlsDetails(
        appId,
        use.code(),
        certificate,
        chain.isEmpty() ? null : TlsDetails.Shown.of(chain.getFirst()),
        privateKey != null,
        authorities,
        authoritiesRead().stream().map(TlsDetails.Shown::of).toList(),
        revision,
        updatedAt);
  }
}
