package dev.sallyport.observability;

import dev.sallyport.cluster.ChangeFeed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.stream.Stream;

/// How current this node is.
@ApplicationScoped
public class NodeMetrics implements MetricSource {
  private static final double NANOS = 1e9;

  @Inject ChangeFeed feed;

  @Override
  public Stream<Metric> metrics() {
    return Stream.of(
        Metric.gauge(
            "lease_age_seconds",
            "Time since the last finished read of the changes of all nodes; past 10 the node stops.",
            feed.lease().age().toNanos() / NANOS));
  }
}
