package dev.sallyport.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Nginx;
import dev.sallyport.testing.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The proxies themselves read the examples, with a certificate of this test's.
class ProxiesIT {
  private static final Path EXAMPLES = Path.of("docs/proxies");

  @TempDir Path folder;

  private String example(String name, String certificates) throws IOException {
    TestPki pki = TestPki.make(folder, "gateway", "EC");
    Files.writeString(folder.resolve("chain.pem"), pki.certificate());
    Files.writeString(folder.resolve("key.pem"), pki.key());
    Files.writeString(folder.resolve("both.pem"), pki.certificate() + pki.key());
    return Files.readString(EXAMPLES.resolve(name))
        .replaceAll("/etc/" + certificates + "/[a-z.]+\\.key", folder.resolve("key.pem").toString())
        .replaceAll(
            "/etc/" + certificates + "/[a-z.]+\\.pem",
            folder.resolve(certificates.equals("nginx") ? "chain.pem" : "both.pem").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx.conf", "nginx-forward-auth.conf"})
  void exampleWhenNginxReadsItThenHasNoFault(String name) throws IOException {
    assertThat(Nginx.faults(folder, example(name, "nginx"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"haproxy.cfg", "../../docker/haproxy.cfg"})
  void exampleWhenHaproxyReadsItThenHasNoFault(String name)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("h.cfg"), example(name, "haproxy"));
    Path log = folder.resolve("haproxy.log");

    Process check =
        new ProcessBuilder("/usr/sbin/haproxy", "-c", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();

    assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(check.exitValue()).as(Files.readString(log)).isZero();
  }
}
