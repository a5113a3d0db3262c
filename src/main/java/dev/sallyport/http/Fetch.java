package dev.sallyport.http;

import dev.sallyport.http.OutboundException.Reason;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.jspecify.annotations.Nullable;

/// One fetch through all its redirects, each of which is checked like the first URL.
final class Fetch implements Callable<FetchResult> {
  private static final int MAX_REDIRECTS = 3;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Ways ways;
  private final TlsSocketStrategy tls;
  private final FetchRequest request;
  private volatile @Nullable Hop current;
  private volatile boolean aborted;

  Fetch(Ways ways, TlsSocketStrategy tls, FetchRequest request) {
    this.ways = ways;
    this.tls = tls;
    this.request = request;
  }

  @Override
  public FetchResult call() throws OutboundException {
    OutboundUrl url = OutboundUrl.of(request.url());
    for (int followed = 0; ; followed++) {
      FetchResult result = fetch(url);
      Optional<String> location = result.header("Location");
      boolean redirects = REDIRECTS.contains(result.status()) && request.followsRedirects();
      if (!redirects || location.isEmpty()) {
        return result;
      }
      checkMayFollow(url, followed);
      url = next(url, location.get());
    }
  }

  /// From another thread: ends the hop that runs, and lets no other begin.
  void abort() {
    aborted = true;
    Hop hop = current;
    if (hop != null) {
      hop.abort();
    }
  }

  private FetchResult fetch(OutboundUrl url) throws OutboundException {
    Hop hop = new Hop(tls, request, url.uri());
    Hop.Way way = request.isToApp() ? ways.toApp(url) : ways.to(url);
    current = hop;
    if (aborted) {
      throw Failures.timeout(url.host());
    }
    try {
      return hop.run(way);
    } catch (IOException e) {
      throw Failures.of(e, url.host());
    }
  }

  private void checkMayFollow(OutboundUrl url, int followed) throws OutboundException {
    if (request.carriesCredentials()) {
      throw new OutboundException(
          Reason.REDIRECTS, url.host() + " redirects a request that may carry credentials.");
    }
    if (followed == MAX_REDIRECTS) {
      throw new OutboundException(Reason.REDIRECTS, url.host() + " redirects too often.");
    }
  }

  private static OutboundUrl next(OutboundUrl from, String location) throws OutboundException {
    OutboundUrl to = OutboundUrl.of(resolve(from, location));
    if (from.isHttps() && !to.isHttps()) {
      throw new OutboundException(
          Reason.NOT_HTTPS, from.host() + " redirects from https to plain http.");
    }
    return to;
  }

  private static URI resolve(OutboundUrl from, String location) throws OutboundException {
    try {
      return from.uri().resolve(location);
    } catch (IllegalArgumentException e) {
      throw new OutboundException(
          Reason.REDIRECTS, from.host() + " redirects to a URL that can't be read.");
    }
  }
}
