package dev.sallyport.apps;

import dev.sallyport.apps.AppDetails.UpstreamDetails;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// `/apps/{id}/upstreams`.
@Path("apps/{id}/upstreams")
@RequestScoped
public class UpstreamsResource {
  @Inject AppService apps;
  @Inject UpstreamReports reports;

  @GET
  @RequiresPermission(value = Permission.APP_READ, scoped = true)
  public Page<UpstreamDetails> list(@PathParam("id") String id) {
    return Page.whole(apps.get(id).upstreams());
  }

  @PUT
  @Path("{name}")
  @RequiresPermission(value = Permission.UPSTREAM_REPORT, scoped = true)
  public UpstreamDetails report(
      @PathParam("id") String id, @PathParam("name") String name, UpstreamReport report) {
    return reports.report(id, name, report);
  }

  @DELETE
  @Path("{name}")
  @RequiresPermission(value = Permission.UPSTREAM_REPORT, scoped = true)
  public void withdraw(@PathParam("id") String id, @PathParam("name") String name) {
    reports.withdraw(id, name);
  }
}
