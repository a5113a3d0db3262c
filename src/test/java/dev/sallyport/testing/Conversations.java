package dev.sallyport.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A loopback port on which each connection is talked with by itself, until it or the port closes.
final class Conversations implements AutoCloseable {
  /// What is said on one connection.
  interface Talk {
    void with(BufferedReader in, OutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final Talk talk;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Conversations(ServerSocket server, Talk talk) {
    this.server = server;
    this.talk = talk;
  }

  /// @param port 0 takes any that is free
  static Conversations at(int port, Talk talk) {
    try {
      var server = new ServerSocket(port, 50, InetAddress.ofLiteral("127.0.0.1"));
      var conversations = new Conversations(server, talk);
      Thread.ofVirtual().start(conversations::accept);
      return conversations;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        var in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      talk.with(in, socket.getOutputStream());
    } catch (IOException e) {
      // The other side went: there is nobody left to answer.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
