package dev.sallyport.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A token endpoint that answers what its script says, and remembers what it was asked. A script
/// that throws cuts the connection instead.
public final class TokenServer implements AutoCloseable {
  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /// One request: the form, how the client proved itself, and where it went.
  public record Asked(Map<String, String> form, String authorization, String path) {}

  /// One answer, JSON.
  public record Answer(int status, String json) {
    public static Answer token(String token, long seconds) {
      return new Answer(
          200,
          """
          {"access_token":"%s","token_type":"Bearer","expires_in":%d,\
          "issued_token_type":"urn:ietf:params:oauth:token-type:access_token"}\
          """
              .formatted(token, seconds));
    }

    public static Answer error(int status, String code) {
      return new Answer(status, "{\"error\":\"" + code + "\"}");
    }
  }

  private TokenServer(Function<Asked, Answer> script) throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> answer(exchange, script));
    server.start();
  }

  public static TokenServer start(Function<Asked, Answer> script) {
    try {
      return new TokenServer(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The base URL; the endpoint is `/token` under it.
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange, Function<Asked, Answer> script) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String proof = exchange.getRequestHeaders().getFirst("Authorization");
      Asked request =
          new Asked(form(body), proof == null ? "" : proof, exchange.getRequestURI().getPath());
      asked.add(request);
      Answer answer = script.apply(request);
      byte[] json = answer.json().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), json.length);
      exchange.getResponseBody().write(json);
    }
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String field : body.isEmpty() ? new String[0] : body.split("&")) {
      String[] parts = field.split("=", 2);
      form.put(decoded(parts[0]), decoded(parts[1]));
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
