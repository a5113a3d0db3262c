package dev.sallyport.testing.demo;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.xnio.IoUtils;

/// One stream of server-sent events, written by a thread of its own until its script or its client
/// ends.
final class EventStream {
  /// What a stream does once its headers are out.
  interface Script {
    void play(EventStream stream) throws IOException, InterruptedException;
  }

  private final HttpServerExchange exchange;
  private final DisconnectWatch watch;
  private final Arrivals arrivals;

  EventStream(HttpServerExchange exchange, DisconnectWatch watch, Arrivals arrivals) {
    this.exchange = exchange;
    this.watch = watch;
    this.arrivals = arrivals;
  }

  void run(Script script) {
    arrivals.streamOpened();
    try {
      sendHeaders();
      script.play(this);
      finish();
    } catch (IOException e) {
      IoUtils.safeClose(exchange.getConnection());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      IoUtils.safeClose(exchange.getConnection());
    } finally {
      arrivals.streamClosed();
    }
  }

  void tick(long events, long delayMs) throws IOException, InterruptedException {
    for (long n = 1; n <= events; n++) {
      send("id: %d\ndata: {\"n\":%d}\n\n".formatted(n, n));
      if (n < events && watch.awaitGone(delayMs)) {
        return;
      }
    }
  }

  void keepQuiet() throws InterruptedException {
    watch.awaitGone();
  }

  private void sendHeaders() throws IOException {
    exchange.startBlocking();
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/event-stream");
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-cache");
    exchange.getOutputStream().flush();
  }

  private void send(String event) throws IOException {
    OutputStream out = exchange.getOutputStream();
    out.write(event.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void finish() throws IOException {
    if (exchange.getConnection().isOpen()) {
      watch.disarm();
      exchange.getOutputStream().close();
    }
    exchange.endExchange();
  }
}
