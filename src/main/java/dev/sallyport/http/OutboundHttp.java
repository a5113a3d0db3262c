package dev.sallyport.http;

import dev.sallyport.config.OutboundSettings;
import dev.sallyport.http.OutboundException.Reason;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;

/// The one way out for fetches of the control plane: key sets, discovery, token endpoints. https
/// unless the settings name the host; addresses checked after DNS and pinned; at most three
/// redirects, each checked; size and time capped. Remembers nothing: no cookies, no credentials, no
/// connections. One instance for the server.
public final class OutboundHttp implements AutoCloseable {
  private final Ways ways;
  private final TlsSocketStrategy tls;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public OutboundHttp(OutboundSettings settings, AddressGuard guard, GuardedResolver resolver) {
    String proxy = settings.proxy();
    ways = new Ways(guard, resolver, proxy == null ? null : EgressProxy.parse(proxy));
    tls = new DefaultClientTlsStrategy(TrustedRoots.context(settings.caFile()));
  }

  /// Blocks until there is an answer or the request's time is over. Any status is an answer.
  public FetchResult fetch(FetchRequest request) throws OutboundException {
    Fetch fetch = new Fetch(ways, tlsOf(request), request);
    // A thread of its own: neither DNS nor a dripping answer can hold the caller past the deadline.
    Future<FetchResult> result = threads.submit(fetch);
    try {
      return result.get(request.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      fetch.abort();
      throw Failures.timeout(String.valueOf(request.url().getHost()));
    } catch (InterruptedException e) {
      fetch.abort();
      Thread.currentThread().interrupt();
      throw new OutboundException(Reason.IO, "The fetch was given up.");
    } catch (CancellationException e) {
      throw new OutboundException(Reason.IO, "The fetch was given up.");
    } catch (ExecutionException e) {
      throw causeOf(e);
    }
  }

  private TlsSocketStrategy tlsOf(FetchRequest request) {
    SSLContext own = request.tls();
    return own == null ? tls : new DefaultClientTlsStrategy(own);
  }

  private static OutboundException causeOf(ExecutionException e) {
    if (e.getCause() instanceof OutboundException outbound) {
      return outbound;
    }
    throw new IllegalStateException("a fetch failed in an unforeseen way", e.getCause());
  }

  /// Gives up what still runs.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
