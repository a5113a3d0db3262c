package dev.sallyport.observability;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/// `/metrics`: for scrapers that hold an API key.
@Path("metrics")
@RequestScoped
public class MetricsResource {
  @Inject MetricsService metrics;

  @GET
  @Produces(MetricsText.MEDIA_TYPE)
  @RequiresPermission(Permission.SYSTEM_READ)
  public String read() {
    return metrics.text();
  }
}
