package dev.sallyport.gateway.relay;

import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.xnio.XnioIoThread;

/// Sends calls to upstreams. One instance serves all I/O threads.
public final class Relay {
  private static final Duration SELDOM = Duration.ofSeconds(1);

  private final RelaySettings settings;
  private final ConcurrentMap<XnioIoThread, Clocks> clocks = new ConcurrentHashMap<>();

  public Relay(RelaySettings settings) {
    this.settings = settings;
  }

  /// A young call is looked at often, an old one now and then.
  record Clocks(CallClock often, CallClock seldom) {}

  /// A running call.
  public interface Handle {
    /// Ends the call at once; from any thread, at any time. The upstream's connection is killed. If
    /// the response has begun the client's is closed, else the door answers.
    void cut();
  }

  /// Forwards the call to the first of the candidates that can be connected to. Must be called on
  /// the exchange's I/O thread; nothing may have read the request or begun the response.
  public Handle forward(
      HttpServerExchange exchange, List<UpstreamPool> candidates, RelayCall call) {
    XnioIoThread thread = exchange.getIoThread();
    Clocks ours = clocks.get(thread);
    if (ours == null) {
      ours = clocks.computeIfAbsent(thread, this::clocks);
    }
    Forwarding forwarding = new Forwarding(exchange, candidates, call, settings, ours);
    forwarding.begin();
    return forwarding;
  }

  private Clocks clocks(XnioIoThread thread) {
    return new Clocks(new CallClock(thread, settings.watchAfter()), new CallClock(thread, SELDOM));
  }
}
