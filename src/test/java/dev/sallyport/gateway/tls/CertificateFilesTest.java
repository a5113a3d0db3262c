package dev.sallyport.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.config.TlsSettings;
import dev.sallyport.crypto.TlsIdentity;
import dev.sallyport.testing.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {
  @TempDir Path folder;
  private Path certificate;
  private Path key;
  private CertificateFiles files;

  @BeforeEach
  void begin() throws IOException {
    certificate = folder.resolve("certificate.pem");
    key = folder.resolve("key.pem");
    write(TestPki.make(folder, "first", "EC"));
    files = open();
  }

  private CertificateFiles open() {
    return new CertificateFiles(
        new TlsSettings(certificate, key, "127.0.0.1", 1), Clock.systemUTC());
  }

  private void write(TestPki pki) throws IOException {
    Files.writeString(certificate, pki.certificate());
    Files.writeString(key, pki.key());
  }

  private String shown() {
    TlsIdentity identity = files.keys().newest();
    return identity.chain().getFirst().getSubjectX500Principal().getName();
  }

  @Test
  void lookWhenFilesAreReplacedThenTheNewOneIsShown() throws IOException {
    write(TestPki.make(folder, "second", "RSA"));

    files.look();

    assertThat(shown()).isEqualTo("CN=second");
    assertThat(files.fault()).isNull();
  }

  @Test
  void lookWhenNothingChangedThenTheSameIsShown() {
    TlsIdentity before = files.keys().newest();

    files.look();

    assertThat(files.keys().newest()).isSameAs(before);
  }

  @Test
  void handshakeWhenItHasBegunThenGoesOnWithWhatItChose() throws IOException {
    ShownKeys keys = files.keys();
    String chosen = keys.chooseEngineServerAlias("EC", null, null);
    TlsIdentity before = keys.newest();
    write(TestPki.make(folder, "second", "RSA"));

    files.look();

    assertThat(keys.getPrivateKey(chosen)).isSameAs(before.key());
    assertThat(keys.getCertificateChain(chosen)).containsExactly(before.chain().getFirst());
    assertThat(keys.chooseEngineServerAlias("EC", null, null)).isNull();
    assertThat(keys.chooseEngineServerAlias("RSA", null, null)).isNotEqualTo(chosen);
  }

  @Test
  void lookWhenTheCertificateIsNoneThenTheOldOneStays() throws IOException {
    Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\nhalf of");

    files.look();

    assertThat(shown()).isEqualTo("CN=first");
    assertThat(files.fault()).startsWith("SALLYPORT_TLS_CERTIFICATE_FILE must be certificates");
  }

  @Test
  void lookWhenTheKeyIsAnothersThenTheOldOneStaysUntilBothFit() throws IOException {
    TestPki second = TestPki.make(folder, "second", "EC");
    Files.writeString(certificate, second.certificate());
    files.look();
    assertThat(shown()).isEqualTo("CN=first");
    assertThat(files.fault()).startsWith("SALLYPORT_TLS_KEY_FILE is not the key");

    Files.writeString(key, second.key());
    files.look();

    assertThat(shown()).isEqualTo("CN=second");
    assertThat(files.fault()).isNull();
  }

  @Test
  void lookWhenAFileIsMissingThenTheOldOneStaysAndItsReturnIsNoticed() throws IOException {
    String text = Files.readString(key);
    Files.delete(key);
    files.look();
    assertThat(shown()).isEqualTo("CN=first");
    assertThat(files.fault()).startsWith("SALLYPORT_TLS_KEY_FILE can't be read");

    Files.writeString(key, text);
    files.look();

    assertThat(files.fault()).isNull();
  }

  @Test
  void lookWhenTheNewCertificateHasEndedThenTheOldOneStays() throws IOException {
    write(TestPki.ended(folder, "second"));

    files.look();

    assertThat(shown()).isEqualTo("CN=first");
    assertThat(files.fault()).startsWith("SALLYPORT_TLS_CERTIFICATE_FILE ended at");
  }

  @Test
  void openWhenTheFilesAreNoGoodThenNamesTheSetting() throws IOException {
    Files.writeString(key, TestPki.make(folder, "second", "EC").key());

    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("SALLYPORT_TLS_KEY_FILE is not the key");
  }
}
