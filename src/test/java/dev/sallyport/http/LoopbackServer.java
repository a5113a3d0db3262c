package dev.sallyport.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/// A real server on loopback that remembers what it was asked.
final class LoopbackServer implements AutoCloseable {
  record Seen(String method, String path, String host, String cookie, String body) {}

  private final HttpServer server;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  private LoopbackServer(HttpServer server) {
    this.server = server;
    server.start();
  }

  static LoopbackServer plain(String address) throws IOException {
    return plain(address, 0);
  }

  static LoopbackServer plain(String address, int port) throws IOException {
    return new LoopbackServer(HttpServer.create(new InetSocketAddress(address, port), 0));
  }

  static LoopbackServer tls(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new LoopbackServer(server);
  }

  LoopbackServer on(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            seen.add(remember(exchange));
            handler.handle(exchange);
          }
        });
    return this;
  }

  LoopbackServer answer(String path, int status, String body) {
    return on(path, exchange -> send(exchange, status, body));
  }

  LoopbackServer redirect(String path, int status, String location) {
    return on(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Location", location);
          exchange.getResponseHeaders().add("Set-Cookie", "kept=1; Path=/");
          send(exchange, status, "");
        });
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI url(String host, String path) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://" + host + ":" + port() + path);
  }

  URI url(String path) {
    return url(server.getAddress().getHostString(), path);
  }

  List<Seen> seen() {
    return seen;
  }

  private static Seen remember(HttpExchange exchange) throws IOException {
    return new Seen(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        exchange.getRequestHeaders().getFirst("Host"),
        String.valueOf(exchange.getRequestHeaders().getFirst("Cookie")),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
