package dev.sallyport.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// A client of apps with an address of its own.
public final class GatewayClient implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .localAddress(Unique.loopback())
          .build();

  /// A call with a token.
  public HttpResponse<String> get(String url, String token, String... headers) {
    return send("GET", url, BodyPublishers.noBody(), bearer(token, headers));
  }

  public HttpResponse<String> post(String url, String token, String body, String... headers) {
    return send("POST", url, BodyPublishers.ofString(body), bearer(token, headers));
  }

  /// Any call; `headers` are names and values in turn.
  public HttpResponse<String> send(
      String method, String url, BodyPublisher body, String... headers) {
    return send(method, url, body, BodyHandlers.ofString(), headers);
  }

  /// A call whose answer is read as it comes.
  public HttpResponse<InputStream> stream(String url, String token, String... headers) {
    return send(
        "GET", url, BodyPublishers.noBody(), BodyHandlers.ofInputStream(), bearer(token, headers));
  }

  /// The same for a POST.
  public HttpResponse<InputStream> postStream(
      String url, String token, String body, String... headers) {
    return send(
        "POST",
        url,
        BodyPublishers.ofString(body),
        BodyHandlers.ofInputStream(),
        bearer(token, headers));
  }

  private <T> HttpResponse<T> send(
      String method, String url, BodyPublisher body, BodyHandler<T> reader, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return client.send(request.build(), reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String[] bearer(String token, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Authorization";
    all[1] = "Bearer " + token;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return all;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
