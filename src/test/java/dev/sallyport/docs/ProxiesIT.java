package dev.sallyport.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Nginx;
import dev.sallyport.testing.ProxyExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The proxies themselves read the examples, with a certificate of this test's.
class ProxiesIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"nginx.conf", "nginx-forward-auth.conf"})
  void exampleWhenNginxReadsItThenHasNoFault(String name) throws IOException {
    assertThat(Nginx.faults(folder, ProxyExample.read(name, folder))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"haproxy.cfg", "../../docker/haproxy.cfg"})
  void exampleWhenHaproxyReadsItThenHasNoFault(String name)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("h.cfg"), ProxyExample.read(name, folder));
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
