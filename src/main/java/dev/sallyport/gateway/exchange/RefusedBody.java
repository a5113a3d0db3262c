package dev.sallyport.gateway.exchange;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSourceConduit;

/// What is left of a request that is refused. The server reads it for nothing but the next request
/// behind it; for longer, or more than a new connection costs, that is not worth it, and the
/// connection ends. How large a body may be that is taken says nothing about that.
final class RefusedBody extends AbstractStreamSourceConduit<StreamSourceConduit> {
  private static final long MOST = 16 << 20;

  private final HttpServerConnection connection;
  private long total;

  private RefusedBody(StreamSourceConduit next, HttpServerConnection connection) {
    super(next);
    this.connection = connection;
  }

  /// Must be called on the exchange's I/O thread.
  static void limit(HttpServerExchange exchange, Duration longest) {
    if (exchange.isRequestComplete()) {
      return;
    }
    BodyDeadline.watch(exchange, longest);
    if (exchange.getRequestContentLength() > MOST) {
      exchange.setPersistent(false);
    } else if (exchange.getConnection() instanceof HttpServerConnection connection) {
      ConduitStreamSourceChannel channel = connection.getChannel().getSourceChannel();
      channel.setConduit(new RefusedBody(channel.getConduit(), connection));
    }
  }

  private <N extends Number> N counted(N count) throws IOException {
    total += Math.max(count.longValue(), 0);
    if (total > MOST) {
      IoUtils.safeClose(connection);
      throw new IOException("The body of a refused request does not end.");
    }
    return count;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    return counted(next.read(to));
  }

  @Override
  public long read(ByteBuffer[] to, int offset, int length) throws IOException {
    return counted(next.read(to, offset, length));
  }

  @Override
  public long transferTo(long position, long count, FileChannel target) throws IOException {
    return target.transferFrom(new ConduitReadableByteChannel(this), position, count);
  }

  @Override
  public long transferTo(long count, ByteBuffer through, StreamSinkChannel target)
      throws IOException {
    return IoUtils.transfer(new ConduitReadableByteChannel(this), count, through, target);
  }
}
