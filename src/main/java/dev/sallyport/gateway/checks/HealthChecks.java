package dev.sallyport.gateway.checks;

import dev.sallyport.apps.HealthCheck;
import dev.sallyport.gateway.relay.Egress;
import dev.sallyport.gateway.relay.UpstreamPool;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Looks which upstreams are due for a check, and has them checked.
public final class HealthChecks implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(HealthChecks.class);
  private static final long STEP_MILLIS = 250;

  private final Probe probe;
  private final ConcurrentMap<UpstreamPool, Watched> watched = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sallyport-health").factory());

  public HealthChecks(Egress egress) {
    this.probe = new Probe(egress.settings().connectTimeout());
    timer.scheduleWithFixedDelay(this::look, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// Checks the upstream this way from now on.
  public void watch(UpstreamPool upstream, HealthCheck way) {
    watched.computeIfAbsent(upstream, u -> new Watched(u, probe)).by(way);
  }

  public void forget(UpstreamPool upstream) {
    watched.remove(upstream);
  }

  private void look() {
    try {
      long now = System.nanoTime();
      for (Watched upstream : watched.values()) {
        if (upstream.isDue(now)) {
          Thread.ofVirtual().name("sallyport-check").start(upstream::check);
        }
      }
    } catch (RuntimeException e) {
      LOG.error("upstreams could not be checked", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
