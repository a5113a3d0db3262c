package dev.sallyport.testing.demo;

import dev.sallyport.testing.loopback.JsonReply;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request as it reached the dumper: the path as it was on the wire, undecoded.
public record Received(
    String method, String path, String query, Map<String, List<String>> headers, String body) {

  static Received of(HttpServerExchange exchange, byte[] body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HeaderValues values : exchange.getRequestHeaders()) {
      headers.put(values.getHeaderName().toString(), List.copyOf(values));
    }
    return new Received(
        exchange.getRequestMethod().toString(),
        exchange.getRequestURI(),
        exchange.getQueryString(),
        headers,
        new String(body, StandardCharsets.UTF_8));
  }

  /// The first value of a header, whatever its case.
  public Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(header -> header.getValue().getFirst())
        .findFirst();
  }

  /// Without values of headers and without the body: they may hold tokens.
  @Override
  public String toString() {
    return method + " " + path + " " + headers.keySet();
  }

  JsonReply toReply(int status) {
    Map<String, Object> dump = new LinkedHashMap<>();
    dump.put("method", method);
    dump.put("path", path);
    dump.put("query", query);
    dump.put("headers", headers);
    dump.put("body", body);
    return new JsonReply(status, dump);
  }
}
