package dev.sallyport.testing.idp;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/// Sends a browser elsewhere, with parameters.
final class Redirect {
  private Redirect() {}

  static void to(HttpServerExchange exchange, String uri, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    String separator = uri.contains("?") ? "&" : "?";
    exchange.setStatusCode(303);
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    exchange
        .getResponseHeaders()
        .put(Headers.LOCATION, query.isEmpty() ? uri : uri + separator + query);
    exchange.endExchange();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
