package dev.sallyport.gateway.tls;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Protocols;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/// Holds clients to the number of streams that they were told they may have at a time (RFC 9113
/// section 5.1.2); the server tells it and does not count. A client that asks on and on, resets
/// what it asked and reads nothing would fill the memory with answers (CVE-2023-44487). Its
/// connection ends.
final class StreamLimit implements HttpHandler {
  private final HttpHandler next;
  private final int most;
  // By the client's address and port, because a request does not know its connection.
  private final Map<SocketAddress, Open> open = new ConcurrentHashMap<>();

  private record Open(StreamConnection connection, AtomicInteger unanswered) {}

  StreamLimit(HttpHandler next, int most) {
    this.next = next;
    this.most = most;
  }

  ChannelListener<StreamConnection> watching(ChannelListener<StreamConnection> accepting) {
    return connection -> {
      open.put(connection.getPeerAddress(), new Open(connection, new AtomicInteger()));
      accepting.handleEvent(connection);
    };
  }

  /// Forgets connections that have ended; to be called now and then.
  void sweep() {
    open.values().removeIf(known -> !known.connection().isOpen());
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    Open known =
        Protocols.HTTP_2_0.equals(exchange.getProtocol())
            ? open.get(exchange.getConnection().getPeerAddress())
            : null;
    if (known == null) {
      next.handleRequest(exchange);
    } else if (known.unanswered().incrementAndGet() > most) {
      IoUtils.safeClose(known.connection());
    } else {
      exchange.addExchangeCompleteListener(
          (ended, following) -> {
            known.unanswered().decrementAndGet();
            following.proceed();
          });
      next.handleRequest(exchange);
    }
  }
}
