package dev.sallyport.observability;

import dev.sallyport.keyring.MasterKeyCensus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Names the master keys that secrets need and that are not given. Never takes the node out: all
/// that other keys encrypted can be used.
@Readiness
@ApplicationScoped
public class MasterKeyWarning implements HealthCheck {
  @Inject MasterKeyCensus census;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder up = HealthCheckResponse.named("master-keys").up();
    List<String> missing = census.missing();
    if (!missing.isEmpty()) {
      up.withData(
          "warning",
          "SALLYPORT_MASTER_KEY lacks "
              + String.join(", ", missing)
              + ": secrets that were encrypted with it can't be read.");
    }
    return up.build();
  }
}
