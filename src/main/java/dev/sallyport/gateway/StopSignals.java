package dev.sallyport.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Lets a server leave in order before it stops. A shutdown hook could not: hooks run all at once,
/// and the server's own refuses calls and closes the port at its first step.
@SuppressWarnings("sunapi") // there is no other API for signals
final class StopSignals implements SignalHandler {
  private static final List<String> NAMES = List.of("TERM", "INT");

  private final Runnable orderly;
  private final AtomicBoolean isLeaving = new AtomicBoolean();
  private final List<Map.Entry<Signal, SignalHandler>> originals = new ArrayList<>();

  private StopSignals(Runnable orderly) {
    this.orderly = orderly;
  }

  /// From now on SIGTERM and SIGINT first run this, on a thread of their own, and then do what they
  /// did before; a second one does so at once. A signal that is ignored stays so.
  static StopSignals intercept(Runnable orderly) {
    StopSignals signals = new StopSignals(orderly);
    for (String name : NAMES) {
      Signal signal = new Signal(name);
      SignalHandler original = Signal.handle(signal, signals);
      if (original == SignalHandler.SIG_IGN) {
        Signal.handle(signal, original);
      } else {
        signals.originals.add(Map.entry(signal, original));
      }
    }
    return signals;
  }

  void release() {
    originals.forEach(original -> Signal.handle(original.getKey(), original.getValue()));
  }

  @Override
  public void handle(Signal signal) {
    try {
      if (isLeaving.compareAndSet(false, true)) {
        orderly.run();
      }
    } finally {
      originals.stream()
          .filter(original -> original.getKey().equals(signal))
          .forEach(original -> original.getValue().handle(signal));
    }
  }
}
