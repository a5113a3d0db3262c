package dev.sallyport.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready is a node whose door is open: one that leaves still takes calls, but wants no more.
@Readiness
@ApplicationScoped
public class DoorReadiness implements HealthCheck {
  @Override
  public HealthCheckResponse call() {
    Door.OpenDoor door = Door.CURRENT.get();
    boolean isOpen = door != null && door.state() == DoorState.OPEN;
    return HealthCheckResponse.named("gateway").status(isOpen).build();
  }
}
