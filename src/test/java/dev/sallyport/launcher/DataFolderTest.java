package dev.sallyport.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temporary;

  @Test
  void openWhenNewThenOnlyTheOwnerEnters() throws IOException {
    Path root = temporary.resolve("data");
    try (DataFolder data = DataFolder.open(root)) {
      data.write("run.json", "{}");

      assertThat(mode(root)).isEqualTo("rwx------");
      assertThat(mode(root.resolve("run.json"))).isEqualTo("rw-------");
    }
  }

  @Test
  void openWhenHeldThenSaidInOneLine() {
    try (DataFolder held = DataFolder.open(temporary)) {
      assertThatThrownBy(() -> DataFolder.open(temporary))
          .isInstanceOf(LaunchFailedException.class)
          .hasMessageContaining("Another ./run")
          .hasMessageContaining(held.path(".").normalize().toString());
    }
    DataFolder.open(temporary).close();
  }

  @Test
  void secretsWhenOpenedAgainThenTheSame() {
    try (DataFolder data = DataFolder.open(temporary)) {
      var first = new KeptSecrets(data).demoPasswords();

      assertThat(new KeptSecrets(data).demoPasswords()).isEqualTo(first);
      assertThat(first.values()).doesNotHaveDuplicates();
    }
  }

  @Test
  void portsWhenChosenAgainThenTheSame() {
    try (DataFolder data = DataFolder.open(temporary)) {
      Ports first = Ports.choose(data, options(0));

      assertThat(Ports.choose(data, options(0))).isEqualTo(first);
    }
  }

  @Test
  void portsWhenBusyThenNamesThePort() throws IOException {
    try (DataFolder data = DataFolder.open(temporary);
        ServerSocket busy = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThatThrownBy(() -> Ports.choose(data, options(busy.getLocalPort())))
          .isInstanceOf(LaunchFailedException.class)
          .hasMessageContaining("Port " + busy.getLocalPort() + " is in use");
    }
  }

  private LaunchOptions options(int port) {
    return new LaunchOptions(port, temporary, true, 1);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
