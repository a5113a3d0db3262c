package dev.sallyport.crypto;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/// A certificate that one end of a TLS connection shows, with what leads to its root, and its key.
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {

  /// Reads both; refuses a key that is another certificate's.
  public static TlsIdentity of(List<X509Certificate> chain, Secret keyPem) {
    PublicKey publicKey = chain.getFirst().getPublicKey();
    PrivateKey key = Pem.key(keyPem, publicKey);
    if (!fits(publicKey, key)) {
      throw new IllegalArgumentException("is not the key of the first certificate.");
    }
    return new TlsIdentity(chain, key);
  }

  private static boolean fits(PublicKey publicKey, PrivateKey key) {
    try {
      byte[] text = RandomTokens.bytes(32);
      Signature signature = Signature.getInstance(algorithm(publicKey));
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  @Override
  public String toString() {
    return "TlsIdentity[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
