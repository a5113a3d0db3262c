package dev.sallyport.testing;

import dev.sallyport.testing.loopback.LoopbackServer;
import io.undertow.Handlers;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An app with pages: each says whom the assertion names. `/socket` is a WebSocket that echoes.
/// What runs in its pages is up to the test, as it is up to an app's author.
public final class PageApp implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final LoopbackServer server = LoopbackServer.open(0);
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private volatile @Nullable String leadsTo;

  public PageApp() {
    server.serve(
        Handlers.path(this::page)
            .addExactPath("/socket", Handlers.websocket((exchange, channel) -> echo(channel))));
  }

  public String url() {
    return server.baseUrl() + "/";
  }

  /// What was asked for, in order.
  public List<String> paths() {
    return List.copyOf(paths);
  }

  /// From now on every page leads there.
  public void leadTo(String url) {
    leadsTo = url;
  }

  private void page(HttpServerExchange exchange) {
    paths.add(exchange.getRequestURI() + "?" + exchange.getQueryString());
    String target = leadsTo;
    if (target != null && Methods.GET.equals(exchange.getRequestMethod())) {
      exchange.setStatusCode(302);
      exchange.getResponseHeaders().put(Headers.LOCATION, target);
      return;
    }
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/html");
    String assertion = exchange.getRequestHeaders().getFirst("Sallyport-Jwt-Assertion");
    exchange.getResponseSender().send("<title>App</title><h1>Hello " + name(assertion) + "</h1>");
  }

  private static String name(@Nullable String assertion) {
    if (assertion == null) {
      return "nobody";
    }
    byte[] payload = Base64.getUrlDecoder().decode(assertion.split("\\.")[1]);
    return JSON.readTree(new String(payload, StandardCharsets.UTF_8)).get("username").asString();
  }

  private static void echo(WebSocketChannel channel) {
    channel
        .getReceiveSetter()
        .set(
            new AbstractReceiveListener() {
              @Override
              protected void onFullTextMessage(WebSocketChannel from, BufferedTextMessage text) {
                WebSockets.sendText("echo of " + text.getData(), from, null);
              }
            });
    channel.resumeReceives();
  }

  @Override
  public void close() {
    server.close();
  }
}
