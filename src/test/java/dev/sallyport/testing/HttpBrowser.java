package dev.sallyport.testing;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A browser without a screen: it keeps one site's cookies and follows nothing by itself.
public final class HttpBrowser implements AutoCloseable {
  private final GatewayClient client = new GatewayClient();
  private final String base;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  public HttpBrowser(RunningServer server) {
    base = server.base();
  }

  /// Goes to a path of the site, or to an address of it.
  public HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, headers);
  }

  /// Sends a form of the site's own pages.
  public HttpResponse<String> post(String path, String form) {
    return send(
        "POST",
        path,
        BodyPublishers.ofString(form),
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Origin",
        base);
  }

  public HttpResponse<String> send(String method, String path, String... headers) {
    return send(method, path, BodyPublishers.noBody(), headers);
  }

  private HttpResponse<String> send(
      String method, String path, BodyPublisher body, String... headers) {
    URI url = URI.create(base).resolve(path);
    HttpResponse<String> answer = client.send(method, url.toString(), body, withCookies(headers));
    answer.headers().allValues("Set-Cookie").forEach(this::keep);
    return answer;
  }

  /// The cookies that the site has set here, by name.
  public Map<String, String> cookies() {
    return cookies;
  }

  /// Where an answer leads, as its header says it.
  public static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  private void keep(String setCookie) {
    String[] pair = setCookie.split(";")[0].split("=", 2);
    boolean isGone = setCookie.contains("Max-Age=0") || setCookie.contains("Jan-1970");
    if (isGone) {
      cookies.remove(pair[0]);
    } else {
      cookies.put(pair[0], pair[1]);
    }
  }

  private String[] withCookies(String... headers) {
    if (cookies.isEmpty()) {
      return headers;
    }
    String all =
        cookies.entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    String[] more = new String[headers.length + 2];
    more[0] = "Cookie";
    more[1] = all;
    System.arraycopy(headers, 0, more, 2, headers.length);
    return more;
  }

  @Override
  public void close() {
    client.close();
  }
}
