package dev.sallyport.testing.demo;

import dev.sallyport.testing.loopback.JsonReply;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/// Reads a request to its end, notes it, and answers as its path asks.
final class DumperHandler implements HttpHandler {
  private static final String STATUS = "/status/";

  private final Arrivals arrivals;
  private final ExecutorService threads;

  DumperHandler(Arrivals arrivals, ExecutorService threads) {
    this.arrivals = arrivals;
    this.threads = threads;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    exchange
        .getRequestReceiver()
        .receiveFullBytes(
            (whole, body) -> {
              Received request = Received.of(whole, body);
              arrivals.add(request);
              answer(whole, request);
            });
  }

  private void answer(HttpServerExchange exchange, Received request) {
    try {
      route(exchange, request);
    } catch (NumberFormatException e) {
      new JsonReply(400, Map.of("error", "not a number")).send(exchange);
    }
  }

  private void route(HttpServerExchange exchange, Received request) {
    String path = exchange.getRequestPath();
    switch (path) {
      case "/sse" -> ticks(exchange);
      case "/sse-quiet" -> stream(exchange, EventStream::keepQuiet);
      case "/big" -> big(exchange);
      default -> dump(exchange, request, path);
    }
  }

  private static void dump(HttpServerExchange exchange, Received request, String path) {
    int status = path.startsWith(STATUS) ? statusOf(path) : 200;
    if (status == 204 || status == 304) {
      exchange.setStatusCode(status).endExchange();
    } else {
      request.toReply(status).send(exchange);
    }
  }

  private static int statusOf(String path) {
    int status = Integer.parseInt(path.substring(STATUS.length()));
    if (status < 200 || status > 599) {
      throw new NumberFormatException("Not a final status");
    }
    return status;
  }

  private void ticks(HttpServerExchange exchange) {
    long events = parameter(exchange, "events", 3);
    long delayMs = parameter(exchange, "delayMs", 100);
    stream(exchange, stream -> stream.tick(events, delayMs));
  }

  private void stream(HttpServerExchange exchange, EventStream.Script script) {
    DisconnectWatch watch = DisconnectWatch.on(exchange);
    exchange.dispatch(threads, () -> new EventStream(exchange, watch, arrivals).run(script));
  }

  private void big(HttpServerExchange exchange) {
    long bytes = parameter(exchange, "bytes", 1 << 20);
    exchange.dispatch(
        threads,
        () -> {
          exchange.startBlocking();
          exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/octet-stream");
          try (OutputStream out = exchange.getOutputStream()) {
            writeLetters(out, bytes);
          } catch (IOException e) {
            // The client went before the end.
            exchange.endExchange();
          }
        });
  }

  /// The alphabet over and over, so that a lost or doubled piece shows.
  private static void writeLetters(OutputStream out, long bytes) throws IOException {
    byte[] block = "abcdefghijklmnopqrstuvwxyz".repeat(630).getBytes(StandardCharsets.US_ASCII);
    for (long left = bytes; left > 0; left -= block.length) {
      out.write(block, 0, (int) Math.min(left, block.length));
    }
  }

  private static long parameter(HttpServerExchange exchange, String name, long otherwise) {
    Deque<String> values = exchange.getQueryParameters().get(name);
    return values == null ? otherwise : Long.parseLong(values.getFirst());
  }
}
