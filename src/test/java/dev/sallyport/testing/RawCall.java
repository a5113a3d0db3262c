package dev.sallyport.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A connection on which a test writes HTTP letter by letter.
public final class RawCall implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;

  private RawCall(Socket socket) {
    this.socket = socket;
  }

  public static RawCall to(RunningServer server) throws IOException {
    return connect(port(server), Unique.loopback(), new Socket());
  }

  /// One that keeps next to nothing of what it has not read.
  public static RawCall slowTo(RunningServer server) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(64 * 1024);
    return connect(port(server), Unique.loopback(), socket);
  }

  /// One over TLS.
  public static RawCall tlsTo(RunningServer server) throws IOException {
    return over(HttpsClient.http1(server));
  }

  /// One over TLS to any port of this host.
  public static RawCall tlsTo(int port) throws IOException {
    return over(HttpsClient.http1(port));
  }

  private static RawCall over(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new RawCall(socket);
  }

  private static RawCall connect(int port, InetAddress from, Socket socket) throws IOException {
    socket.bind(new InetSocketAddress(from, 0));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    return new RawCall(socket);
  }

  public static int port(RunningServer server) {
    return URI.create(server.base()).getPort();
  }

  /// The Host header's value that the server expects.
  public static String host(RunningServer server) {
    return URI.create(server.base()).getAuthority();
  }

  public RawCall send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawCall send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /// Everything up to and including this text, or to the end.
  public String readUntil(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    int next;
    while (text.indexOf(end) < 0 && (next = socket.getInputStream().read()) != -1) {
      text.append((char) next);
    }
    return text.toString();
  }

  /// Reads so many bytes and forgets them.
  public void skip(long bytes) throws IOException {
    socket.getInputStream().skipNBytes(bytes);
  }

  /// Everything until the server closes.
  public String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /// Everything until the server closes or resets the connection.
  public String readToAnyEnd() throws IOException {
    StringBuilder text = new StringBuilder();
    try {
      int next;
      while ((next = socket.getInputStream().read()) != -1) {
        text.append((char) next);
      }
    } catch (SocketException reset) {
      return text.toString();
    }
    return text.toString();
  }

  /// Sends a request with `Connection: close` at its end and reads the whole answer.
  public static String exchange(RunningServer server, String... lines) throws IOException {
    return exchange(port(server), Unique.loopback(), lines);
  }

  /// The same with any port of this host, from this address.
  public static String exchange(int port, InetAddress from, String... lines) throws IOException {
    try (RawCall call = connect(port, from, new Socket())) {
      String head = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      return call.send(head).readToEnd();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
