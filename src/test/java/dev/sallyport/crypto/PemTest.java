package dev.sallyport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.testing.TestPki;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private static TestPki rsa;

  @BeforeAll
  static void make() {
    rsa = TestPki.make(shared, "rsa", "RSA");
  }

  /// The bare key out of its PKCS #8, as older tools write it.
  private static String bare(String label, String pkcs8, X509Certificate certificate) {
    byte[] der = Base64.getMimeDecoder().decode(pkcs8.replaceAll("-----[A-Z ]+-----", ""));
    byte[] spki = certificate.getPublicKey().getEncoded();
    int algorithm = 2 + spki[header(spki, 0) + 1];
    int octets = header(der, 0) + 3 + algorithm;
    byte[] key = Arrays.copyOfRange(der, octets + header(der, octets), der.length);
    return "-----BEGIN %s PRIVATE KEY-----\n%s\n-----END %s PRIVATE KEY-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(key), label);
  }

  private static int header(byte[] der, int at) {
    int head = der[at + 1] & 0xff;
    return head < 0x80 ? 2 : 2 + (head & 0x7f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void keyWhenInAnyUsualFormThenTheSame(String algorithm) {
    TestPki pki = TestPki.make(folder, "any", algorithm);
    List<X509Certificate> chain = Pem.certificates(pki.certificate());

    TlsIdentity today = TlsIdentity.of(chain, new Secret(pki.key()));
    TlsIdentity older =
        TlsIdentity.of(chain, new Secret(bare(algorithm, pki.key(), chain.getFirst())));

    assertThat(older.key().getEncoded()).isEqualTo(today.key().getEncoded());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no key",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----"
      })
  void keyWhenItIsNoneThenRefused(String text) {
    var chain = Pem.certificates(rsa.certificate());

    assertThatThrownBy(() -> TlsIdentity.of(chain, new Secret(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be the certificate's RSA key in PEM");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void keyWhenAnothersThenRefused(String algorithm) {
    var chain = Pem.certificates(TestPki.make(folder, "one", algorithm).certificate());
    Secret other = new Secret(TestPki.make(folder, "other", algorithm).key());

    assertThatThrownBy(() -> TlsIdentity.of(chain, other))
        .hasMessageContaining("is not the key of the first certificate");
  }
}
