package dev.sallyport.gateway.exchange;

import dev.sallyport.gateway.routes.AppPath;
import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A request that may have to be sent a second time, or answered by the gateway itself: read whole
/// before it goes on its way.
///
/// @param body null when it was too large to be kept; then it has not been read
public record KeptRequest(AppPath path, byte @Nullable [] body) {

  /// Lets the relay read the body, for the first time or once more.
  public void restore(HttpServerExchange exchange) {
    if (body == null || body.length == 0) {
      return;
    }
    ByteBufferPool pool = exchange.getConnection().getByteBufferPool();
    int size = pool.getBufferSize();
    PooledByteBuffer[] buffers = new PooledByteBuffer[(body.length + size - 1) / size];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = pool.allocate();
      ByteBuffer buffer = buffers[i].getBuffer();
      buffer.put(body, i * size, Math.min(size, body.length - i * size)).flip();
    }
    Connectors.ungetRequestBytes(exchange, buffers);
    Connectors.resetRequestChannel(exchange);
  }

  /// Whether it can be sent once more.
  public boolean isRepeatable() {
    return body != null;
  }
}
