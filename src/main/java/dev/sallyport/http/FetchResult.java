package dev.sallyport.http;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An answer, whatever its status. `url` is where it came from after redirects; `text` the body as
/// UTF-8. The body may hold tokens, so the printed form does not show it.
public record FetchResult(int status, URI url, Map<String, List<String>> headers, String text) {

  public boolean isOk() {
    return status == 200;
  }

  /// The header's first value; names are compared without case.
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /// Every value of the header.
  public List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  @Override
  public String toString() {
    return "FetchResult[" + status + " from " + url.getHost() + "]";
  }
}
