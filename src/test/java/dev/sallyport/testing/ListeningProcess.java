package dev.sallyport.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/// A program of the system that serves a port of its own until it is closed.
public class ListeningProcess implements AutoCloseable {
  private final String name;
  private final Process process;
  private final int port;

  protected ListeningProcess(String name, Process process, int port) {
    this.name = name;
    this.process = process;
    this.port = port;
    Await.until(name, this::isListening);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      if (process.isAlive()) {
        return false;
      }
      throw new AssertionError(name + " has ended", e);
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
