package dev.sallyport.testing.demo;

import dev.sallyport.testing.loopback.LoopbackServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An HTTP app that answers any path with what it received, as JSON. A few paths behave instead:
/// `/status/{n}`, `/sse?events=3&delayMs=100`, `/sse-quiet` and `/big?bytes=`.
public final class DumperApp implements AutoCloseable {
  private final Arrivals arrivals = new Arrivals();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LoopbackServer server;

  private DumperApp(int port) {
    server = LoopbackServer.open(port);
    server.serve(new DumperHandler(arrivals, threads));
  }

  /// Starts on 127.0.0.1; port 0 takes a free one.
  public static DumperApp start(int port) {
    return new DumperApp(port);
  }

  public String url() {
    return server.baseUrl();
  }

  public int port() {
    return server.port();
  }

  /// The latest requests, oldest first.
  public List<Received> received() {
    return arrivals.received();
  }

  /// Waits until at least that many requests are kept; throws when they don't come in time.
  public List<Received> awaitReceived(int count, Duration patience) {
    return arrivals.awaitReceived(count, patience);
  }

  public void forgetReceived() {
    arrivals.clear();
  }

  /// How many event streams have a client right now.
  public int openStreams() {
    return arrivals.openStreams();
  }

  /// Waits for exactly that many open streams; throws when it doesn't come to that in time.
  public void awaitOpenStreams(int count, Duration patience) {
    arrivals.awaitOpenStreams(count, patience);
  }

  @Override
  public void close() {
    server.close();
    threads.close();
  }
}
