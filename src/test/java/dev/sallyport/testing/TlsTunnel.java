package dev.sallyport.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A proxy that leads every CONNECT to one port: so a client may call the server's https under the
/// name that it is served by.
public final class TlsTunnel implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;

  private TlsTunnel(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  public static TlsTunnel to(int port) {
    try {
      return new TlsTunnel(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the JDK's client wants of a proxy.
  public ProxySelector selector() {
    return ProxySelector.of(new InetSocketAddress("127.0.0.1", listener.getLocalPort()));
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket("127.0.0.1", target)) {
      skipHead(client.getInputStream());
      client
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      Thread back = Thread.ofVirtual().start(() -> copy(server, client));
      copy(client, server);
      back.join();
    } catch (IOException e) {
      // One of the two has gone, and takes the other along.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void skipHead(InputStream in) throws IOException {
    int matched = 0;
    while (matched < 4) {
      int next = in.read();
      if (next == -1) {
        throw new IOException("no head");
      }
      matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : 0;
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException e) {
      // The end of one direction is the end of both.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
