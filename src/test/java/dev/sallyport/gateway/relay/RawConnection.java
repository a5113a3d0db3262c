package dev.sallyport.gateway.relay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One end of a socket that speaks HTTP/1.1 letter by letter, for clients and upstreams alike.
final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = (int) Door.PATIENCE.toMillis();

  /// A message as it was on the wire; a chunked body is put together.
  record Message(String head, String body) {
    boolean hasHeader(String name) {
      return head.toLowerCase(Locale.ROOT).contains("\r\n" + name.toLowerCase(Locale.ROOT) + ":");
    }

    String startLine() {
      return head.substring(0, head.indexOf('\r'));
    }
  }

  private final Socket socket;
  private final InputStream in;
  private final BlockingQueue<Message> requests = new LinkedBlockingQueue<>();
  private @Nullable Message last;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setTcpNoDelay(true);
  }

  static RawConnection client(int port) throws IOException {
    return client(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  static RawConnection client(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new RawConnection(socket);
  }

  Socket socket() {
    return socket;
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /// For an upstream: reads one request and keeps it; false at the end.
  boolean nextRequest() throws IOException {
    Message message = read();
    if (message == null) {
      ended.complete(null);
      return false;
    }
    last = message;
    requests.add(message);
    return true;
  }

  /// For a test: the next request that this upstream connection got.
  Message awaitRequest() throws InterruptedException {
    Message message = requests.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (message == null) {
      throw new AssertionError("no request reached the upstream");
    }
    return message;
  }

  /// For an upstream: what it is to answer now.
  Message lastRequest() {
    Message message = last;
    if (message == null) {
      throw new IllegalStateException("no request yet");
    }
    return message;
  }

  int pendingRequests() {
    return requests.size();
  }

  /// For an upstream: waits until the other side ends the connection, by FIN or RST.
  void readToEnd() throws IOException {
    while (in.read() != -1) {
      // only the end matters
    }
    ended.complete(null);
  }

  void ended(IOException cause) {
    ended.complete(null);
  }

  /// For a test: when the other side had ended this upstream connection.
  void awaitEnd() throws InterruptedException {
    try {
      ended.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("still open after " + PATIENCE_MILLIS + " ms", e);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /// For a client: one whole answer.
  Message awaitAnswer() throws IOException {
    Message message = read();
    if (message == null) {
      throw new EOFException("closed without an answer");
    }
    return message;
  }

  String readHead() throws IOException {
    return readUntil("\r\n\r\n");
  }

  /// Everything up to and including the text.
  String readUntil(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < end.length() || text.lastIndexOf(end) != text.length() - end.length()) {
      int next = in.read();
      if (next == -1) {
        return text.toString();
      }
      text.append((char) next);
    }
    return text.toString();
  }

  /// For a client: whether the connection ends before the patience does.
  boolean isEndedByPeer() throws IOException {
    try {
      while (in.read() != -1) {
        // what was under way may still come
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  /// Ends the connection with RST instead of FIN.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /// Ends the connection with FIN.
  void leave() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private @Nullable Message read() throws IOException {
    String head = readHead();
    if (!head.endsWith("\r\n\r\n")) {
      return null;
    }
    String lower = head.toLowerCase(Locale.ROOT);
    if (lower.contains("\r\ntransfer-encoding: chunked")) {
      return new Message(head, chunks());
    }
    int at = lower.indexOf("\r\ncontent-length: ");
    if (at < 0) {
      return new Message(head, "");
    }
    int length = Integer.parseInt(lower.substring(at + 18, lower.indexOf('\r', at + 2)).strip());
    return new Message(head, new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
  }

  private String chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = readUntil("\r\n").strip();
      if (size.isEmpty()) {
        throw new EOFException("no chunk size");
      }
      byte[] chunk = in.readNBytes(Integer.parseInt(size, 16));
      body.writeBytes(chunk);
      readUntil("\r\n");
      if (chunk.length == 0) {
        return body.toString(StandardCharsets.ISO_8859_1);
      }
    }
  }
}
