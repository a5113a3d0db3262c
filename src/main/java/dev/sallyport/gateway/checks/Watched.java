package dev.sallyport.gateway.checks;

import dev.sallyport.apps.HealthCheck;
import dev.sallyport.gateway.health.Circuit;
import dev.sallyport.gateway.relay.UpstreamPool;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// One upstream that is checked. After a check that failed it is asked again soon, then less often;
/// that it can be connected to is enough, unless its app wants more.
final class Watched {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(8);

  private final UpstreamPool upstream;
  private final Probe probe;
  private final AtomicBoolean isRunning = new AtomicBoolean();
  private volatile HealthCheck way = HealthCheck.NONE;
  private volatile long last = System.nanoTime() - EVERY.toNanos();
  private volatile boolean isInDoubt;
  private volatile Duration pause = FIRST;

  Watched(UpstreamPool upstream, Probe probe) {
    this.upstream = upstream;
    this.probe = probe;
  }

  void by(HealthCheck newWay) {
    way = newWay;
  }

  /// Whether a check is to begin; if so, the caller runs it.
  boolean isDue(long now) {
    boolean isDown = upstream.circuit().isDown();
    if (!isDown && way == HealthCheck.NONE) {
      return false;
    }
    Duration wait = isDown || isInDoubt ? pause : EVERY;
    return now - last >= wait.toNanos() && isRunning.compareAndSet(false, true);
  }

  void check() {
    Circuit circuit = upstream.circuit();
    try {
      String fault = probe.fault(upstream, way);
      isInDoubt = fault != null;
      if (fault == null) {
        pause = FIRST;
        circuit.reached();
      } else {
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
        circuit.unreachable("check: " + fault);
      }
    } finally {
      last = System.nanoTime();
      isRunning.set(false);
    }
  }
}
