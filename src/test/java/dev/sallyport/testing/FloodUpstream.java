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
import java.util.concurrent.atomic.AtomicLong;

/// An upstream that answers with so many bytes, as fast as they are taken, and counts what left.
public final class FloodUpstream implements AutoCloseable {
  /// More than anybody will wait for.
  public static final long ENDLESS = 1L << 50;

  private final ServerSocket server;
  private final long bytes;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong sent = new AtomicLong();

  private FloodUpstream(long bytes) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    this.bytes = bytes;
    Thread.ofVirtual().start(this::accept);
  }

  public static FloodUpstream of(long bytes) {
    try {
      return new FloodUpstream(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /// Bytes of bodies that have left here so far.
  public long sent() {
    return sent.get();
  }

  /// Answers that are still on their way.
  public int running() {
    return open.size();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
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
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          open.add(socket);
          answer(socket.getOutputStream());
          open.remove(socket);
        }
      }
    } catch (IOException e) {
      // The other side has had enough.
    } finally {
      open.remove(socket);
    }
  }

  private void answer(OutputStream out) throws IOException {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: "
            + bytes
            + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    byte[] piece = new byte[16 * 1024];
    for (long left = bytes; left > 0; left -= piece.length) {
      int count = (int) Math.min(left, piece.length);
      out.write(piece, 0, count);
      sent.addAndGet(count);
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
