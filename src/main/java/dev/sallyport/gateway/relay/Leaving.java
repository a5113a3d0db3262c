package dev.sallyport.gateway.relay;

import io.undertow.server.HttpServerExchange;
import java.time.Duration;

/// A call whose upstream is done while its client has not taken all of the answer yet. It holds the
/// last piece only, but must not hold that for ever. Confined to its I/O thread.
final class Leaving extends CallClock.Timed {
  private final HttpServerExchange exchange;
  private final Pump rest;
  private final long limitNanos;
  private final long since = System.nanoTime();

  Leaving(HttpServerExchange exchange, Pump rest, Duration limit) {
    this.exchange = exchange;
    this.rest = rest;
    this.limitNanos = limit.toNanos();
  }

  @Override
  boolean look(long now) {
    if (!rest.isFinished() && now - since > limitNanos) {
      ClientEnd.drop(exchange);
      return true;
    }
    return rest.isFinished() || exchange.isComplete();
  }

  void cut() {
    if (!rest.isFinished()) {
      ClientEnd.drop(exchange);
    }
  }
}
