package dev.sallyport.connections;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Revisions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.jspecify.annotations.Nullable;

/// `/apps/{id}/upstream-credential`.
@Path("apps/{id}/upstream-credential")
@RequestScoped
public class UpstreamCredentialResource {
  @Inject UpstreamCredentialService credentials;

  @GET
  @RequiresPermission(value = Permission.APP_READ, scoped = true)
  public UpstreamCredentialDetails get(@PathParam("id") String id) {
    return credentials.get(id);
  }

  @PUT
  @RequiresPermission(value = Permission.APP_EDIT, scoped = true)
  public UpstreamCredentialDetails put(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      UpstreamCredentialInput input) {
    return credentials.put(id, Revisions.required(ifMatch), input);
  }
}
