package dev.sallyport.gateway;

import dev.sallyport.observability.Metric;
import dev.sallyport.observability.MetricSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;

/// What the door refused, and how long calls waited for a place at their upstream.
@ApplicationScoped
public class GatewayMetrics implements MetricSource {
  private static final double NANOS = 1e9;

  @Override
  public Stream<Metric> metrics() {
    Door.OpenDoor door = Door.CURRENT.get();
    if (door == null) {
      return Stream.of();
    }
    Gateway gateway = door.gateway();
    var waits = gateway.routes().waits();
    return Stream.of(
        Metric.counters(
            "refusals",
            "Calls that the gateway answered with a problem, by its code.",
            "code",
            gateway.answers().refusals()),
        Metric.counter(
            "queue_waits", "Calls that waited for a place at an upstream.", waits.calls()),
        Metric.counter(
            "queue_wait_seconds", "How long they waited together.", waits.nanos() / NANOS));
  }
}
