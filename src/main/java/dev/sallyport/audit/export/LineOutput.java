package dev.sallyport.audit.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes lines and counts the rows among them.
final class LineOutput {
  private static final int BUFFER = 64 * 1024;

  private final OutputStream out;
  private long rows;

  LineOutput(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER);
  }

  void row(String line) throws IOException {
    rows++;
    line(line);
  }

  void line(String line) throws IOException {
    out.write(line.getBytes(StandardCharsets.UTF_8));
  }

  /// Hands everything to the client, which sees that something comes.
  void flush() throws IOException {
    out.flush();
  }

  long rows() {
    return rows;
  }
}
