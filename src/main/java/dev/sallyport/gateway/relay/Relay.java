package dev.sallyport.gateway.relay;

import io.undertow.server.HttpServerExchange;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.xnio.XnioIoThread;

/// Sends calls to upstreams. One instance serves all I/O threads.
public final class Relay {
  private final RelaySettings settings;
  private final ConcurrentMap<XnioIoThread, CallClock> clocks = new ConcurrentHashMap<>();

  public Relay(RelaySettings settings) {
    this.settings = settings;
  }

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
    CallClock clock = clocks.get(thread);
    if (clock == null) {
      clock = clocks.computeIfAbsent(thread, t -> new CallClock(t, settings.watchAfter()));
    }
    Forwarding forwarding = new Forwarding(exchange, candidates, call, settings, clock);
    forwarding.begin();
    return forwarding;
  }
}
