package dev.sallyport.gateway.relay;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/// Notices that the client has gone while it waits for its answer. The server suspends reading
/// during a request, so neither FIN nor RST would be seen. Bytes that arrive are the next pipelined
/// request: they are given back, and the watch ends. Confined to its I/O thread.
final class ClientWatch implements ReadReadyHandler {
  private final HttpServerConnection connection;
  private final StreamSourceConduit conduit;
  private final ReadReadyHandler original;
  private final Runnable gone;
  private boolean armed = true;

  private ClientWatch(HttpServerConnection connection, Runnable gone) {
    this.connection = connection;
    this.conduit = connection.getOriginalSourceConduit();
    ConduitStreamSourceChannel channel = connection.getChannel().getSourceChannel();
    this.original = new ReadReadyHandler.ChannelListenerHandler<>(channel);
    this.gone = gone;
  }

  /// Only for HTTP/1 and only once the request is complete.
  ///
  /// @return null if the connection cannot be watched
  static @Nullable ClientWatch arm(HttpServerExchange exchange, Runnable gone) {
    if (!(exchange.getConnection() instanceof HttpServerConnection connection)
        || connection.getExtraBytes() != null) {
      return null;
    }
    ClientWatch watch = new ClientWatch(connection, gone);
    watch.conduit.setReadReadyHandler(watch);
    watch.conduit.resumeReads();
    return watch;
  }

  void disarm() {
    if (armed) {
      armed = false;
      conduit.suspendReads();
      conduit.setReadReadyHandler(original);
    }
  }

  @Override
  public void readReady() {
    PooledByteBuffer pooled = connection.getByteBufferPool().allocate();
    boolean ours = true;
    try {
      int count = conduit.read(pooled.getBuffer());
      if (count > 0) {
        pooled.getBuffer().flip();
        connection.ungetRequestBytes(pooled);
        ours = false;
        disarm();
      } else if (count == -1) {
        leave();
      }
    } catch (IOException e) {
      leave();
    } finally {
      if (ours) {
        pooled.close();
      }
    }
  }

  @Override
  public void forceTermination() {
    original.forceTermination();
  }

  @Override
  public void terminated() {
    original.terminated();
  }

  private void leave() {
    disarm();
    gone.run();
  }
}
