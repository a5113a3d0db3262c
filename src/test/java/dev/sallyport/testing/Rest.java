package dev.sallyport.testing;

import dev.sallyport.crypto.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The REST API as one caller sees it. A body is a text, sent as it is, or anything that becomes
/// JSON.
public final class Rest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient STREAMS =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Pattern TIME =
      Pattern.compile("\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z\"");
  private static final Pattern ID = Pattern.compile("\"([a-z]{2,4})_[A-Za-z0-9_-]{16,}\"");

  private final String base;
  private final @Nullable Secret key;

  /// What came back.
  public record Answer(int status, HttpHeaders headers, String text) {
    public JsonNode json() {
      return text.isEmpty() ? JSON.missingNode() : JSON.readTree(text);
    }

    public String at(String pointer) {
      return json().at(pointer).asString("");
    }

    /// A problem's code.
    public String code() {
      return at("/code");
    }

    public String etag() {
      return headers.firstValue("ETag").orElseThrow();
    }

    /// The wrong fields of a problem, in order.
    public List<String> fields() {
      return json().get("errors").findValuesAsString("field");
    }

    /// The body, indented, with ids and times replaced by what they are.
    public String shape() {
      String pretty = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json());
      String timeless = TIME.matcher(pretty).replaceAll("\"TIME\"");
      return ID.matcher(timeless).replaceAll("\"$1_ID\"");
    }
  }

  private Rest(String base, @Nullable Secret key) {
    this.base = base;
    this.key = key;
  }

  public static Rest admin(RunningServer server) {
    return new Rest(server.base(), server.adminKey());
  }

  public static Rest anonymous(RunningServer server) {
    return new Rest(server.base(), null);
  }

  public Rest with(Secret other) {
    return new Rest(base, other);
  }

  /// A new key of this role, made by this caller, and its holder.
  public Rest holding(String role) {
    Answer made = post("auth/keys", Map.of("name", Unique.name(role), "role", role));
    return with(new Secret(made.at("/key")));
  }

  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  public Answer post(String path, Object body) {
    return send("POST", path, json(body));
  }

  public Answer put(String path, String etag, Object body) {
    return send("PUT", path, json(body), "If-Match", etag);
  }

  public Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  public Answer delete(String path, String etag) {
    return send("DELETE", path, BodyPublishers.noBody(), "If-Match", etag);
  }

  /// Reads what is there now and replaces it by the same with these members.
  public Answer change(String path, Map<String, Object> input, Map<String, Object> members) {
    Map<String, Object> changed = new LinkedHashMap<>(input);
    changed.putAll(members);
    return put(path, get(path).etag(), changed);
  }

  /// A GET whose answer is read as it comes, until somebody closes it.
  public HttpResponse<InputStream> stream(String path) {
    try {
      return STREAMS.send(
          request(path, "Accept", "text/event-stream").build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Any call; `headers` are names and values in turn.
  public Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpResponse<String> answer =
        RunningServer.send(request(path, headers).method(method, body).build());
    return new Answer(answer.statusCode(), answer.headers(), answer.body());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(base + "/api/v1/" + path))
            .header("Content-Type", "application/json");
    if (key != null) {
      request.header("Authorization", "Bearer " + key.reveal());
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  private static BodyPublisher json(Object body) {
    return BodyPublishers.ofString(
        body instanceof String text ? text : JSON.writeValueAsString(body));
  }
}
