package dev.sallyport.connections.tls;

import dev.sallyport.crypto.Pem;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TlsIdentity;
import dev.sallyport.problem.SallyportException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What must hold of an app's own TLS before it is written.
final class TlsCheck {
  private static final int LONGEST = 200_000;

  private TlsCheck() {}

  static StoredTls next(StoredTls before, TlsInput input, Instant now) {
    String certificate = text(input.certificate());
    String given = text(input.privateKey());
    String authorities = text(input.authorities());
    if (certificate == null && given != null) {
      throw SallyportException.invalid("certificate", "must be given with its private key.");
    }
    Secret key = given == null ? before.privateKey() : new Secret(given);
    if (certificate != null) {
      checkIdentity(read("certificate", certificate), key, now);
    }
    if (authorities != null) {
      read("authorities", authorities);
    }
    return new StoredTls(
        before.appId(),
        before.use(),
        certificate,
        certificate == null ? null : key,
        authorities,
        before.revision() + 1,
        now);
  }

  private static void checkIdentity(
      List<X509Certificate> chain, @Nullable Secret key, Instant now) {
    if (now.isAfter(chain.getFirst().getNotAfter().toInstant())) {
      throw SallyportException.invalid("certificate", "is over: it ended before now.");
    }
    if (key == null) {
      throw SallyportException.invalid("privateKey", "must be the certificate's key.");
    }
    try {
      TlsIdentity.of(chain, key);
    } catch (IllegalArgumentException e) {
      throw SallyportException.invalid("privateKey", String.valueOf(e.getMessage()));
    }
  }

  private static List<X509Certificate> read(String field, String pem) {
    if (pem.length() > LONGEST) {
      throw SallyportException.invalid(field, "must have at most 200,000 characters.");
    }
    try {
      return Pem.certificates(pem);
    } catch (IllegalArgumentException e) {
      throw SallyportException.invalid(field, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String text(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }
}
