package dev.sallyport.gateway.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/// Sees every byte that comes from an upstream, below the client library, which has no limit for a
/// head or for trailers: what is neither body nor followed by one has an end soon, or the
/// connection fails. Confined to its I/O thread.
final class AnswerGuard extends AbstractStreamSourceConduit<StreamSourceConduit> {
  static final int MOST = 64 * 1024;

  private final StreamConnection connection;
  private final ByteBuffer probe = ByteBuffer.allocate(1);
  private int unheard;
  private boolean hasEnded;
  private boolean isHeld;

  private AnswerGuard(StreamConnection connection) {
    super(connection.getSourceChannel().getConduit());
    this.connection = connection;
  }

  /// Must come before the client library.
  static AnswerGuard below(StreamConnection connection) {
    AnswerGuard guard = new AnswerGuard(connection);
    connection.getSourceChannel().setConduit(guard);
    return guard;
  }

  /// What came was good for something: a whole head, or a piece of a body.
  void heard() {
    unheard = 0;
  }

  /// Whether the library has closed the connection over what it could not read: the upstream has
  /// begun an answer, and did not end it.
  boolean isGivenUp() {
    return unheard > 0 && !hasEnded;
  }

  /// Whether the library has read more than it was to. It keeps that above this conduit, so the
  /// socket itself is not asked, which would cost a system call.
  boolean isAhead() {
    isHeld = true;
    try {
      return connection.getSourceChannel().read(probe) != 0;
    } catch (IOException e) {
      return true;
    } finally {
      isHeld = false;
    }
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    if (isHeld) {
      return 0;
    }
    int count;
    try {
      count = next.read(to);
    } catch (IOException e) {
      hasEnded = true;
      throw e;
    }
    count(count);
    return count;
  }

  @Override
  public long read(ByteBuffer[] to, int offset, int length) throws IOException {
    if (isHeld) {
      return 0;
    }
    long count;
    try {
      count = next.read(to, offset, length);
    } catch (IOException e) {
      hasEnded = true;
      throw e;
    }
    count(count);
    return count;
  }

  private void count(long count) throws IOException {
    if (count < 0) {
      hasEnded = true;
      return;
    }
    unheard += (int) count;
    if (unheard > MOST) {
      throw new IOException("An upstream's head or trailers do not end.");
    }
  }
}
