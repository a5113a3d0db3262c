package dev.sallyport.gateway.relay;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import org.xnio.IoUtils;
import org.xnio.conduits.ConduitStreamSinkChannel;

/// The client's end of a call whose client speaks HTTP/1 or HTTP/2. To be used on its I/O thread.
final class ClientEnd {
  private ClientEnd() {}

  private static boolean isOneCallPerConnection(HttpServerExchange exchange) {
    return exchange.getConnection() instanceof HttpServerConnection;
  }

  /// Ends the call in the middle of its answer: the connection, or with HTTP/2 the stream alone.
  static void drop(HttpServerExchange exchange) {
    IoUtils.safeClose(exchange.getConnection());
    if (!isOneCallPerConnection(exchange)) {
      // The connection goes on, so nothing else would complete this exchange; and what waits for
      // the client's window would wait for ever.
      IoUtils.safeClose(Connectors.getConduitSinkChannel(exchange));
      exchange.endExchange();
    }
  }

  /// With HTTP/2, notices that the client has reset a stream that is not answered yet. Once it is,
  /// whoever writes the answer is told instead.
  static void watchForReset(HttpServerExchange exchange, Runnable gone) {
    if (isOneCallPerConnection(exchange)) {
      return;
    }
    ConduitStreamSinkChannel answer = Connectors.getConduitSinkChannel(exchange);
    answer.setWriteListener(
        channel -> {
          channel.suspendWrites();
          goneIfClosed(exchange, channel, gone);
        });
    // The reset may have come before anybody listened.
    goneIfClosed(exchange, answer, gone);
  }

  private static void goneIfClosed(
      HttpServerExchange exchange, ConduitStreamSinkChannel answer, Runnable gone) {
    if (!answer.isOpen() || !exchange.getConnection().isOpen()) {
      gone.run();
    }
  }
}
