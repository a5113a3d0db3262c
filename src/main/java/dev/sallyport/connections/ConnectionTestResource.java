package dev.sallyport.connections;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.connections.clients.DiscoveryReport;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// `/apps/{id}/connection`.
@Path("apps/{id}/connection")
@RequestScoped
public class ConnectionTestResource {
  @Inject ConnectionTests tests;

  /// Finds out where people would sign in, with the settings in the body. Stores nothing.
  @POST
  @Path("discover")
  @RequiresPermission(value = Permission.APP_EDIT, scoped = true)
  public DiscoveryReport discover(@PathParam("id") String id, UpstreamCredentialInput draft) {
    return tests.discover(id, draft);
  }
}
