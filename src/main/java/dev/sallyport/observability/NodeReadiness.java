package dev.sallyport.observability;

import dev.sallyport.cluster.ChangeFeed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready is a node that hears of every change; one that does not must get no calls.
@Readiness
@ApplicationScoped
public class NodeReadiness implements HealthCheck {
  @Inject ChangeFeed feed;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("change-feed").status(feed.lease().isHeld()).build();
  }
}
