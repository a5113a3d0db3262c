package dev.sallyport.crypto;

import dev.sallyport.fuzz.Holds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;

/// What an operator or an admin pastes is certificates and their key, or one sentence says that it
/// is none, without quoting it.
public final class PemFuzz {
  private static final PublicKey EC = publicKey("EC");
  private static final PublicKey RSA = publicKey("RSA");
  private static final int TELLING = 12;

  private PemFuzz() {}

  private static PublicKey publicKey(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    String coded = Base64.getMimeEncoder().encodeToString(input);
    certificates(text);
    certificates("-----BEGIN CERTIFICATE-----\n" + coded + "\n-----END CERTIFICATE-----\n");
    for (PublicKey other : new PublicKey[] {EC, RSA}) {
      key(text, other);
      for (String kind : new String[] {"", "EC ", "RSA "}) {
        key(
            "-----BEGIN %1$sPRIVATE KEY-----\n%2$s\n-----END %1$sPRIVATE KEY-----"
                .formatted(kind, coded),
            other);
      }
    }
  }

  private static void certificates(String text) {
    try {
      Holds.that(!Pem.certificates(text).isEmpty(), "one or more");
    } catch (IllegalArgumentException refusal) {
      silent(refusal, text);
    }
  }

  private static void key(String text, PublicKey other) {
    try {
      String algorithm = Pem.key(new Secret(text), other).getAlgorithm();
      Holds.that(algorithm.equals(other.getAlgorithm()), "of the certificate's kind");
    } catch (IllegalArgumentException refusal) {
      silent(refusal, text);
    }
  }

  private static void silent(IllegalArgumentException refusal, String text) {
    String said = String.valueOf(refusal.getMessage());
    Holds.that(said.startsWith("must be "), "a sentence");
    Holds.that(text.length() < TELLING || !said.contains(text), "no quote of the text");
  }
}
