package dev.sallyport.http;

import dev.sallyport.crypto.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The system's certificate authorities, and those of a PEM file beside them.
public final class TrustedRoots {
  private TrustedRoots() {}

  public static SSLContext context(@Nullable Path caFile) {
    return context(caFile, List.of(), null);
  }

  /// With more certificate authorities, and what the client shows when it is asked who it is.
  public static SSLContext context(
      @Nullable Path caFile, List<X509Certificate> more, @Nullable TlsIdentity client) {
    try {
      KeyStore roots = roots(caFile);
      addAll(roots, "own-", more.toArray(X509Certificate[]::new));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(client == null ? null : keys(client), managers(roots), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the trusted roots can't be loaded", e);
    }
  }

  static KeyStore roots(@Nullable Path caFile) throws GeneralSecurityException, IOException {
    KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
    roots.load(null, null);
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager x509) {
        addAll(roots, "system-", x509.getAcceptedIssuers());
      }
    }
    if (caFile != null) {
      addAll(roots, "file-", read(caFile));
    }
    return roots;
  }

  private static KeyManager[] keys(TlsIdentity client)
      throws GeneralSecurityException, IOException {
    // Never leaves memory.
    char[] password = {};
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, password);
    keys.setKeyEntry(
        "client", client.key(), password, client.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, password);
    return factory.getKeyManagers();
  }

  private static TrustManager[] managers(@Nullable KeyStore roots) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(roots);
    return factory.getTrustManagers();
  }

  private static X509Certificate[] read(Path caFile) {
    try (InputStream pem = Files.newInputStream(caFile)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (!found.isEmpty()) {
        return found.toArray(X509Certificate[]::new);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(unreadable(caFile), e);
    }
    throw new IllegalArgumentException(unreadable(caFile));
  }

  private static String unreadable(Path caFile) {
    return "SALLYPORT_OUTBOUND_CA_FILE: no certificates can be read from " + caFile;
  }

  private static void addAll(KeyStore roots, String prefix, X509Certificate[] certificates)
      throws GeneralSecurityException {
    for (int i = 0; i < certificates.length; i++) {
      roots.setCertificateEntry(prefix + i, certificates[i]);
    }
  }
}
