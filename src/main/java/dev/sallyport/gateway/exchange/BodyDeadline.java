package dev.sallyport.gateway.exchange;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.WorkerUtils;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/// Ends a connection whose request's body does not arrive. The listener has no limit of its own,
/// because streams may be idle for hours; so whoever dribbles would hold the connection, and a
/// thread that reads from it, for ever.
public final class BodyDeadline {
  private BodyDeadline() {}

  /// Gives the rest of the body so long. Must be called on the exchange's I/O thread.
  public static void watch(HttpServerExchange exchange, Duration longest) {
    if (exchange.isRequestComplete()) {
      return;
    }
    XnioExecutor.Key timer =
        WorkerUtils.executeAfter(
            exchange.getIoThread(),
            () -> endIfIncomplete(exchange),
            longest.toMillis(),
            TimeUnit.MILLISECONDS);
    exchange.addExchangeCompleteListener(
        (ended, following) -> {
          timer.remove();
          following.proceed();
        });
  }

  private static void endIfIncomplete(HttpServerExchange exchange) {
    if (!exchange.isRequestComplete()) {
      IoUtils.safeClose(exchange.getConnection());
    }
  }
}
