package dev.sallyport.observability;

import dev.sallyport.http.ClientAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Warns that somebody's `X-Forwarded-For` does not count. Never takes the node out: clients send
/// that header, too.
@Readiness
@ApplicationScoped
public class ForwardedForWarning implements HealthCheck {
  @Inject ClientAddress clients;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder up = HealthCheckResponse.named("client-address").up();
    clients
        .untrustedSender()
        .ifPresent(
            peer ->
                up.withData(
                    "warning",
                    peer.getHostAddress()
                        + " sends X-Forwarded-For and is not in SALLYPORT_TRUSTED_PROXIES, so it"
                        + " counts as the client itself."));
    return up.build();
  }
}
