package dev.sallyport.testing.idp;

import dev.sallyport.testing.loopback.JsonReply;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Serves the issuer's keys, or fails to, as it was told.
final class JwksEndpoint implements HttpHandler {
  private final IssuerKeys keys;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile JwksBehaviour behaviour = JwksBehaviour.HEALTHY;

  JwksEndpoint(IssuerKeys keys) {
    this.keys = keys;
  }

  int requests() {
    return requests.get();
  }

  void behave(JwksBehaviour wanted) {
    behaviour = wanted;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    requests.incrementAndGet();
    switch (behaviour) {
      case JwksBehaviour.Failing(int status) ->
          new JsonReply(status, Map.of("error", "temporarily_unavailable")).send(exchange);
      case JwksBehaviour.Slow(Duration delay) -> sendAfter(delay, exchange);
    }
  }

  private void sendAfter(Duration delay, HttpServerExchange exchange) {
    if (delay.isZero()) {
      sendKeys(exchange);
    } else {
      exchange.dispatch(
          SameThreadExecutor.INSTANCE,
          () ->
              exchange
                  .getIoThread()
                  .executeAfter(() -> sendKeys(exchange), delay.toMillis(), TimeUnit.MILLISECONDS));
    }
  }

  private void sendKeys(HttpServerExchange exchange) {
    JsonReply.ok(keys.publicKeys().toJSONObject()).send(exchange);
  }
}
