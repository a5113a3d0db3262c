package dev.sallyport.connections.remote;

import dev.sallyport.http.FetchRequest;
import dev.sallyport.http.FetchResult;
import dev.sallyport.http.OutboundException;
import dev.sallyport.http.OutboundHttp;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Fetches what remote servers say about themselves, all of one discovery within one time.
final class MetadataFetch {
  static final int MAX_BYTES = 256 * 1024;
  private static final Duration EACH = Duration.ofSeconds(5);
  private static final Duration ALL = Duration.ofSeconds(15);
  private static final String PING =
      """
      {"jsonrpc":"2.0","id":1,"method":"ping"}""";

  private final OutboundHttp http;
  private final long begun = System.nanoTime();

  private @Nullable ResourceUrl app;
  private @Nullable SSLContext tls;

  MetadataFetch(OutboundHttp http) {
    this.http = http;
  }

  /// The app is asked with its own certificate and authorities; nobody else is.
  void own(ResourceUrl url, SSLContext context) {
    app = url;
    tls = context;
  }

  /// What came of asking for a document.
  sealed interface Got {
    record Document(URI url, String text) implements Got {}

    /// @param isFinal whether nobody answers there, so that another path won't help
    /// @param why what that says of the server
    record Nothing(String sentence, boolean isFinal, Why why) implements Got {}
  }

  /// Why there is no document.
  enum Why {
    /// The server has none there.
    ABSENT,
    /// The server could not be reached, or has trouble of its own.
    AWAY,
    /// It must not be asked there, or not like this.
    REFUSED
  }

  Got document(URI url) {
    try {
      FetchRequest request = FetchRequest.get(url).header("Accept", "application/json");
      FetchResult answer = http.fetch(timed(url, request).maxBytes(MAX_BYTES));
      return answer.isOk()
          ? new Got.Document(url, answer.text())
          : new Got.Nothing(
              url + " was answered with status " + answer.status() + ".",
              false,
              answer.status() >= 500 || answer.status() == 429 ? Why.AWAY : Why.ABSENT);
    } catch (OutboundException e) {
      String sentence = e.getMessage() + " (" + url + ")";
      return new Got.Nothing(sentence, isFinal(e.reason()), why(e.reason()));
    }
  }

  /// Calls the server without a token. Nothing in it opens a session or a stream where none is
  /// wanted.
  FetchResult probe(URI url, boolean isMcp) throws OutboundException {
    FetchRequest request =
        isMcp
            ? FetchRequest.postJson(url, PING)
                .header("Accept", "application/json, text/event-stream")
            : FetchRequest.get(url);
    return http.fetch(timed(url, request));
  }

  private FetchRequest timed(URI url, FetchRequest request) throws OutboundException {
    Duration left = ALL.minusNanos(System.nanoTime() - begun);
    if (!left.isPositive()) {
      throw new OutboundException(
          OutboundException.Reason.TIMEOUT, "The discovery took longer than 15 s.");
    }
    SSLContext own = tls;
    if (own != null && app != null && app.hasOriginOf(url)) {
      request.tls(own);
    }
    return request
        .header("MCP-Protocol-Version", "2025-11-25")
        .within(left.compareTo(EACH) < 0 ? left : EACH);
  }

  private static boolean isFinal(OutboundException.Reason reason) {
    return switch (reason) {
      case DNS, CONNECT, TLS, TIMEOUT -> true;
      case BAD_URL, NOT_HTTPS, REFUSED_ADDRESS, TOO_LARGE, REDIRECTS, IO -> false;
    };
  }

  private static Why why(OutboundException.Reason reason) {
    return switch (reason) {
      case DNS, CONNECT, TIMEOUT, IO -> Why.AWAY;
      case BAD_URL, NOT_HTTPS, REFUSED_ADDRESS, TLS, TOO_LARGE, REDIRECTS -> Why.REFUSED;
    };
  }
}
