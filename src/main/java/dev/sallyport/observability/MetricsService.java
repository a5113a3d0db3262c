package dev.sallyport.observability;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import jakarta.ejb.Stateless;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;

/// This node's numbers.
@Stateless
public class MetricsService {
  @Inject @Any Instance<MetricSource> sources;

  @RequiresPermission(Permission.SYSTEM_READ)
  public String text() {
    return MetricsText.write(
        sources.stream()
            .flatMap(MetricSource::metrics)
            .sorted(Comparator.comparing(Metric::name))
            .toList());
  }
}
