package dev.sallyport.launcher;

import dev.sallyport.crypto.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The REST API as an admin's script uses it.
public final class AdminApi implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  private final @Nullable Secret key;

  /// What came back; the body is a missing node when there was none.
  public record Answer(int status, Optional<String> etag, JsonNode body) {}

  /// `base` is the server's; without a key the calls are anonymous.
  public AdminApi(String base, @Nullable Secret key) {
    this.base = base;
    this.key = key;
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  public Answer post(String path, Object body) {
    return send(request(path).POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  /// Replaces what has this revision.
  public Answer put(String path, String etag, Object body) {
    return send(
        request(path)
            .header("If-Match", etag)
            .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  /// Without the operator's token there is no key; with it, one, once.
  static Optional<Secret> bootstrap(String base, Secret token) {
    try (AdminApi api = new AdminApi(base, null)) {
      Answer answer = api.post("auth/bootstrap", Map.of("token", token.reveal()));
      return answer.status() == 201
          ? Optional.of(new Secret(answer.body().get("key").asString()))
          : Optional.empty();
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/api/v1/" + path))
            .header("Content-Type", "application/json");
    if (key != null) {
      request.header("Authorization", "Bearer " + key.reveal());
    }
    return request;
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      var response = client.send(request.build(), BodyHandlers.ofString());
      String text = response.body();
      JsonNode body = text.isEmpty() ? JSON.missingNode() : JSON.readTree(text);
      return new Answer(response.statusCode(), response.headers().firstValue("ETag"), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
