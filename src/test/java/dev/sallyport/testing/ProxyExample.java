package dev.sallyport.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A documented proxy configuration with a certificate of the test's in the place of its own.
public final class ProxyExample {
  private static final Path EXAMPLES = Path.of("docs/proxies");

  private ProxyExample() {}

  /// The example of this name; the folder keeps the certificate.
  public static String read(String name, Path folder) throws IOException {
    if (!Files.exists(folder.resolve("both.pem"))) {
      TestPki pki = TestPki.make(folder, "gateway", "EC");
      Files.writeString(folder.resolve("chain.pem"), pki.certificate());
      Files.writeString(folder.resolve("key.pem"), pki.key());
      Files.writeString(folder.resolve("both.pem"), pki.certificate() + pki.key());
    }
    return Files.readString(EXAMPLES.resolve(name))
        .replaceAll("/etc/nginx/[a-z.]+\\.key", folder.resolve("key.pem").toString())
        .replaceAll("/etc/nginx/[a-z.]+\\.pem", folder.resolve("chain.pem").toString())
        .replaceAll("/etc/haproxy/[a-z.]+\\.pem", folder.resolve("both.pem").toString());
  }
}
