package dev.sallyport.gateway.exchange;

import io.undertow.UndertowMessages;
import io.undertow.conduits.ReadDataStreamSourceConduit;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSourceConduit;

/// A request's body in chunks. It stands in for the server's own reader, which keeps trailers
/// without end in memory and takes whatever stands before a line's end for part of it. A body that
/// is framed wrongly ends its connection.
public final class ChunkedBody extends AbstractStreamSourceConduit<StreamSourceConduit> {
  private final HttpServerExchange exchange;
  private final HttpServerConnection connection;
  private final ChunkFraming framing = new ChunkFraming();
  private long total;
  private boolean closed;

  private ChunkedBody(HttpServerExchange exchange, HttpServerConnection connection) {
    super(new ReadDataStreamSourceConduit(connection.getOriginalSourceConduit(), connection));
    this.exchange = exchange;
    this.connection = connection;
  }

  /// Takes over the request's body, if it comes in chunks. To be called before anybody reads.
  public static void takeOver(HttpServerExchange exchange) {
    if (exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING)
        && !exchange.isRequestComplete()
        && exchange.getConnection() instanceof HttpServerConnection connection) {
      ConduitStreamSourceChannel channel = connection.getChannel().getSourceChannel();
      channel.setConduit(new ChunkedBody(exchange, connection));
    }
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    if (framing.isOver()) {
      return over(); // after data: the end is told by a read of its own
    }
    if (closed) {
      throw new ClosedChannelException();
    }
    if (!to.hasRemaining()) {
      return 0;
    }
    try {
      int count = framing.remaining() > 0 ? data(to) : chunks(to);
      count(count);
      return count;
    } catch (IOException e) {
      giveUp();
      throw e;
    }
  }

  /// Straight into the reader's buffer, as much as the chunk has.
  private int data(ByteBuffer to) throws IOException {
    int limit = to.limit();
    to.limit((int) Math.min(limit, to.position() + framing.remaining()));
    try {
      int count = some(next.read(to));
      framing.taken(count);
      return count;
    } finally {
      to.limit(limit);
    }
  }

  private int chunks(ByteBuffer to) throws IOException {
    PooledByteBuffer pooled = connection.getByteBufferPool().allocate();
    ByteBuffer buffer = pooled.getBuffer();
    boolean isKept = false;
    int count;
    try {
      some(next.read(buffer));
      buffer.flip();
      count = unpack(buffer, to);
      isKept = buffer.hasRemaining();
    } finally {
      if (isKept) {
        connection.ungetRequestBytes(pooled);
      } else {
        pooled.close();
      }
    }
    return count == 0 && framing.isOver() ? over() : count;
  }

  private int over() {
    Connectors.terminateRequest(exchange);
    return -1;
  }

  /// The data of as many chunks as there are and fit.
  private int unpack(ByteBuffer from, ByteBuffer to) throws IOException {
    int count = 0;
    framing.read(from);
    while (framing.remaining() > 0 && from.hasRemaining() && to.hasRemaining()) {
      long most = Math.min(framing.remaining(), Math.min(from.remaining(), to.remaining()));
      to.put(to.position(), from, from.position(), (int) most);
      to.position(to.position() + (int) most);
      from.position(from.position() + (int) most);
      framing.taken(most);
      count += (int) most;
      framing.read(from);
    }
    return count;
  }

  private static int some(int count) throws ClosedChannelException {
    if (count < 0) {
      throw new ClosedChannelException();
    }
    return count;
  }

  private void count(int count) throws IOException {
    total += Math.max(count, 0);
    long most = exchange.getMaxEntitySize();
    if (most > 0 && total > most) {
      throw UndertowMessages.MESSAGES.requestEntityWasTooLarge(most);
    }
  }

  /// Nobody knows where the next request begins.
  private void giveUp() {
    closed = true;
    exchange.setPersistent(false);
    Connectors.terminateRequest(exchange);
    IoUtils.safeClose(connection);
  }

  @Override
  public long read(ByteBuffer[] to, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (to[i].hasRemaining()) {
        return read(to[i]);
      }
    }
    return 0;
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

  @Override
  public void resumeReads() {
    if (framing.isOver()) {
      // Nothing more arrives, but the end is still to be told.
      next.wakeupReads();
    } else {
      super.resumeReads();
    }
  }

  @Override
  public void awaitReadable() throws IOException {
    if (!framing.isOver()) {
      super.awaitReadable();
    }
  }

  @Override
  public void awaitReadable(long time, TimeUnit unit) throws IOException {
    if (!framing.isOver()) {
      super.awaitReadable(time, unit);
    }
  }

  @Override
  public void terminateReads() throws IOException {
    if (!framing.isOver()) {
      exchange.setPersistent(false);
    }
    super.terminateReads();
  }
}
