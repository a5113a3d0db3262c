package dev.sallyport.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// One fetch: `FetchRequest.get(url).header("Accept", "application/json").maxBytes(65_536)`.
/// Headers and body may be secret, so the printed form shows neither.
public final class FetchRequest {
  static final int DEFAULT_MAX_BYTES = 1 << 20;
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  record Body(String contentType, String content) {}

  private final URI url;
  private final @Nullable Body body;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private int maxBytes = DEFAULT_MAX_BYTES;
  private Duration timeout = DEFAULT_TIMEOUT;
  private boolean followsRedirects = true;
  private boolean isToApp;
  private @Nullable SSLContext tls;

  private FetchRequest(URI url, @Nullable Body body) {
    this.url = url;
    this.body = body;
  }

  public static FetchRequest get(URI url) {
    return new FetchRequest(url, null);
  }

  /// Fields are sent in the map's order.
  public static FetchRequest postForm(URI url, Map<String, String> fields) {
    String form =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return post(url, "application/x-www-form-urlencoded", form);
  }

  public static FetchRequest postJson(URI url, String json) {
    return post(url, "application/json", json);
  }

  public FetchRequest header(String name, String value) {
    if (!name.matches("[A-Za-z0-9-]+") || !value.chars().allMatch(c -> c >= ' ' && c < 127)) {
      throw new IllegalArgumentException("the header " + name + " can't be sent");
    }
    headers.put(name, value);
    return this;
  }

  /// Most bytes of the answer's body; 1 MiB if not set.
  public FetchRequest maxBytes(int bytes) {
    maxBytes = bytes;
    return this;
  }

  /// For all of it: DNS, connects, redirects, body; 5 s if not set.
  public FetchRequest within(Duration time) {
    timeout = time;
    return this;
  }

  /// A redirect is the answer: for endpoints that answer by one.
  public FetchRequest withoutRedirects() {
    followsRedirects = false;
    return this;
  }

  /// Trust and identity of this fetch instead of the server's own.
  public FetchRequest tls(SSLContext context) {
    tls = context;
    return this;
  }

  /// To an app's own server, over the app's own TLS: addresses are judged as they are for its
  /// calls, and no redirect is followed.
  public FetchRequest toApp(SSLContext context) {
    isToApp = true;
    return tls(context).withoutRedirects();
  }

  URI url() {
    return url;
  }

  @Nullable Body body() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }

  int maxBytes() {
    return maxBytes;
  }

  Duration timeout() {
    return timeout;
  }

  @Nullable SSLContext tls() {
    return tls;
  }

  boolean isToApp() {
    return isToApp;
  }

  boolean followsRedirects() {
    return followsRedirects;
  }

  String method() {
    return body == null ? "GET" : "POST";
  }

  /// A body, an `Authorization` or a client certificate must not travel to a place that the other
  /// side chose.
  boolean carriesCredentials() {
    return body != null
        || tls != null
        || headers.keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
  }

  private static FetchRequest post(URI url, String contentType, String text) {
    return new FetchRequest(url, new Body(contentType, text));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return method() + " " + url.getHost();
  }
}
