package dev.sallyport.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/// Debian's HAProxy on a port of its own.
public final class Haproxy implements AutoCloseable {
  private static final String PROGRAM = "/usr/sbin/haproxy";

  private final Process process;
  private final int port;

  private Haproxy(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts it with a configuration made for a port.
  public static Haproxy start(Path folder, IntFunction<String> configuration) {
    try {
      int port = Nginx.freePort();
      Path file = Files.writeString(folder.resolve("haproxy.cfg"), configuration.apply(port));
      Process process =
          new ProcessBuilder(PROGRAM, "-db", "-f", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("haproxy.log").toFile())
              .start();
      Haproxy haproxy = new Haproxy(process, port);
      Await.until("HAProxy", haproxy::isListening);
      return haproxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      if (process.isAlive()) {
        return false;
      }
      throw new AssertionError("HAProxy has ended", e);
    }
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
