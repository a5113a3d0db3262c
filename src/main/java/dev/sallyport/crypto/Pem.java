package dev.sallyport.crypto;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads certificates and keys from PEM (RFC 7468). What can't be read is an
/// `IllegalArgumentException` whose message ends a sentence that begins with the field.
public final class Pem {
  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN (RSA |EC |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1PRIVATE KEY-----");

  private Pem() {}

  /// One certificate or more, in the text's order.
  public static List<X509Certificate> certificates(String text) {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
      if (!found.isEmpty()) {
        return found.stream().map(X509Certificate.class::cast).toList();
      }
    } catch (GeneralSecurityException e) {
      // one sentence serves for all that is no certificate
    }
    throw new IllegalArgumentException("must be certificates in PEM (BEGIN CERTIFICATE).");
  }

  /// The private key that belongs to this public one: in PKCS #8, or in the older forms of RFC 8017
  /// appendix A.1.2 and RFC 5915, which many tools still write.
  static PrivateKey key(Secret text, PublicKey other) {
    String algorithm = other.getAlgorithm();
    Matcher block = KEY.matcher(text.reveal());
    try {
      if (block.find()) {
        byte[] bytes = Base64.getMimeDecoder().decode(Objects.requireNonNull(block.group(2)));
        boolean isBare = !Objects.requireNonNull(block.group(1)).isEmpty();
        var spec = new PKCS8EncodedKeySpec(isBare ? Der.pkcs8(bytes, other) : bytes);
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // one sentence serves for all that is no key
    }
    throw new IllegalArgumentException(
        "must be the certificate's "
            + algorithm
            + " key in PEM without a password (BEGIN PRIVATE KEY); `openssl pkcs8 -topk8 -nocrypt`"
            + " takes a password away.");
  }
}
