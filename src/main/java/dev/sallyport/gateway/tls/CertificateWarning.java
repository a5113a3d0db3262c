package dev.sallyport.gateway.tls;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Warns of files that could not be taken up, and of a certificate that ends soon. Never takes the
/// node out: the old certificate is better than none.
@Readiness
@ApplicationScoped
public class CertificateWarning implements HealthCheck {
  @Inject HttpsEntrance https;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder up = HealthCheckResponse.named("certificate").up();
    https.warning().ifPresent(warning -> up.withData("warning", warning));
    return up.build();
  }
}
