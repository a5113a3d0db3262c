package dev.sallyport.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// An upstream that answers with so many bytes, as fast as they are taken, and counts what left.
public final class FloodUpstream implements AutoCloseable {
  /// More than anybody will wait for.
  public static final long ENDLESS = 1L << 50;

  private final long bytes;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();
  private final Conversations callers;

  private FloodUpstream(long bytes) {
    this.bytes = bytes;
    this.callers = Conversations.at(0, this::serve);
  }

  public static FloodUpstream of(long bytes) {
    return new FloodUpstream(bytes);
  }

  public String url() {
    return "http://127.0.0.1:" + callers.port();
  }

  /// Bytes of bodies that have left here so far.
  public long sent() {
    return sent.get();
  }

  /// Answers that are still on their way.
  public int running() {
    return running.get();
  }

  private void serve(BufferedReader in, OutputStream out) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.isEmpty()) {
        running.incrementAndGet();
        try {
          answer(out);
        } finally {
          running.decrementAndGet();
        }
      }
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
    callers.close();
  }
}
