package dev.sallyport.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A port of this host on which nobody listens and, as long as it is held, nobody else can.
public final class DeadPort implements AutoCloseable {
  // Bound and neither connected nor listening: whoever connects to it is refused.
  private final Socket holder = new Socket();

  private DeadPort() {
    try {
      holder.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static DeadPort open() {
    return new DeadPort();
  }

  /// Such as `http://127.0.0.1:4711/`.
  public String url() {
    return "http://127.0.0.1:" + holder.getLocalPort() + "/";
  }

  @Override
  public void close() {
    try {
      holder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
