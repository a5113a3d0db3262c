package dev.sallyport.gateway.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// An upstream made of bare sockets: it sees and sends exactly the bytes that a test names.
final class RawUpstream implements AutoCloseable {

  /// What the upstream does with one connection.
  interface Script {
    void serve(RawConnection connection) throws IOException;
  }

  private final ServerSocket server;
  private final Script script;
  private final List<RawConnection> open = new CopyOnWriteArrayList<>();
  private final BlockingQueue<RawConnection> accepted = new LinkedBlockingQueue<>();

  private RawUpstream(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
  }

  static RawUpstream start(Script script) throws IOException {
    return start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  static RawUpstream start(ServerSocket server, Script script) {
    RawUpstream upstream = new RawUpstream(server, script);
    Thread.ofVirtual().start(upstream::accept);
    return upstream;
  }

  /// Answers every request on every connection alike.
  static RawUpstream answering(String response) throws IOException {
    return start(
        connection -> {
          while (connection.nextRequest()) {
            connection.send(response);
          }
        });
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return open.size();
  }

  RawConnection awaitConnection() throws InterruptedException {
    RawConnection connection = accepted.poll(Door.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (connection == null) {
      throw new AssertionError("no connection reached the upstream");
    }
    return connection;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (RawConnection connection : open) {
      connection.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        RawConnection connection = new RawConnection(server.accept());
        open.add(connection);
        accepted.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(RawConnection connection) {
    try {
      script.serve(connection);
    } catch (IOException e) {
      connection.ended(e);
    }
  }
}
