package dev.sallyport.launcher;

import dev.sallyport.testing.TestPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A certificate that nobody but a test trusts, so that https runs as well. Made anew at each
/// start: it is short-lived.
final class OwnCertificate {
  private static final String FOLDER = "tls";

  private final DataFolder data;

  OwnCertificate(DataFolder data) {
    this.data = data;
  }

  Map<String, String> settings(int port) {
    Path folder = data.folder(FOLDER);
    try {
      Files.deleteIfExists(folder.resolve("localhost.p12"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TestPki pki = TestPki.make(folder, "localhost", "EC");
    data.write(FOLDER + "/certificate.pem", pki.certificate());
    data.write(FOLDER + "/key.pem", pki.key());
    return Map.of(
        "SALLYPORT_TLS_CERTIFICATE_FILE", folder.resolve("certificate.pem").toString(),
        "SALLYPORT_TLS_KEY_FILE", folder.resolve("key.pem").toString(),
        "SALLYPORT_TLS_BIND", "127.0.0.1",
        "SALLYPORT_TLS_PORT", Integer.toString(port));
  }
}
