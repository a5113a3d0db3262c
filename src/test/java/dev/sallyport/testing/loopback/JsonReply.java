package dev.sallyport.testing.loopback;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A status with a JSON object.
public record JsonReply(int status, Map<String, ?> body) {
  public static JsonReply ok(Map<String, ?> body) {
    return new JsonReply(200, body);
  }

  public void send(HttpServerExchange exchange) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    exchange.getResponseSender().send(JsonMapper.shared().writeValueAsString(body));
  }
}
