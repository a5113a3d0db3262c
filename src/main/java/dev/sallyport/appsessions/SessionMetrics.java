package dev.sallyport.appsessions;

import dev.sallyport.observability.Metric;
import dev.sallyport.observability.MetricSource;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// Sessions, and the calls in them. Calls are counted when a session's use is written down, so that
/// no call counts anything more.
@ApplicationScoped
public class SessionMetrics implements MetricSource {
  @Inject SessionCache cache;
  @Inject Sql sql;

  private final LongAdder calls = new LongAdder();

  void counted(Collection<ActivityStore.Activity> batch) {
    batch.forEach(activity -> calls.add(activity.calls()));
  }

  @Override
  public Stream<Metric> metrics() {
    long live =
        sql.first(
                "select count(*) as live from app_session where ended_at is null",
                row -> row.number("live"))
            .orElse(0L);
    return Stream.of(
        Metric.gauge("sessions_live", "Live app sessions of all nodes.", live),
        Metric.gauge(
            "calls_running",
            "Calls and streams that run on this node.",
            cache.all().mapToLong(LiveSession::runningCalls).sum()),
        Metric.counter(
            "calls", "Calls that were let in here, up to ten seconds ago.", calls.sum()));
  }
}
