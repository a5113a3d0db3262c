package dev.sallyport.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;

/// Debian's HAProxy on a port of its own.
public final class Haproxy extends ListeningProcess {
  private static final String PROGRAM = "/usr/sbin/haproxy";

  private Haproxy(Process process, int port) {
    super("HAProxy", process, port);
  }

  /// Starts it with a configuration made for a port.
  public static Haproxy start(Path folder, IntFunction<String> configuration) {
    try {
      int port = freePort();
      Path file = Files.writeString(folder.resolve("haproxy.cfg"), configuration.apply(port));
      Process process =
          new ProcessBuilder(PROGRAM, "-db", "-f", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("haproxy.log").toFile())
              .start();
      return new Haproxy(process, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
