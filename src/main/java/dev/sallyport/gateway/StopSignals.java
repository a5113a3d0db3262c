package dev.sallyport.gateway;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Lets a server leave in order before it stops. A shutdown hook could not: hooks run all at once,
/// and the server's own refuses calls and closes the port at its first step.
@SuppressWarnings("sunapi") // there is no other API for signals
final class StopSignals implements SignalHandler {
  private static final Logger LOG = Logger.getLogger(StopSignals.class);
  private static final List<String> NAMES = List.of("TERM", "INT");

  private final Runnable orderly;
  private final AtomicBoolean isLeaving = new AtomicBoolean();
  private final Map<Signal, SignalHandler> originals = new ConcurrentHashMap<>();

  private StopSignals(Runnable orderly) {
    this.orderly = orderly;
  }

  /// From now on SIGTERM and SIGINT first run this, on a thread of their own, and then do what they
  /// did before; a second one does so at once. A signal that is ignored stays so.
  static StopSignals intercept(Runnable orderly) {
    StopSignals signals = new StopSignals(orderly);
    NAMES.forEach(name -> signals.take(new Signal(name)));
    return signals;
  }

  private void take(Signal signal) {
    try {
      SignalHandler original = Signal.handle(signal, this);
      if (original == SignalHandler.SIG_IGN) {
        Signal.handle(signal, original);
      } else {
        originals.put(signal, original);
      }
    } catch (IllegalArgumentException e) {
      // The JVM was told to leave signals alone (-Xrs)
      LOG.warnf("%s will stop this server at once: %s", signal, e.getMessage());
    }
  }

  void release() {
    originals.forEach(Signal::handle);
  }

  @Override
  public void handle(Signal signal) {
    try {
      if (isLeaving.compareAndSet(false, true)) {
        orderly.run();
      }
    } finally {
      SignalHandler original = originals.get(signal);
      if (original == null) {
        // It came before its handler was noted
        System.exit(128 + signal.getNumber());
      } else {
        original.handle(signal);
      }
    }
  }
}
