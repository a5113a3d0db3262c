package dev.sallyport.connections.tls;

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

/// `/apps/{id}/tls/{use}`; `use` is `upstream` or `token-endpoint`.
@Path("apps/{id}/tls/{use}")
@RequestScoped
public class TlsResource {
  @Inject TlsService tls;

  @GET
  @RequiresPermission(value = Permission.APP_READ, scoped = true)
  public TlsDetails get(@PathParam("id") String id, @PathParam("use") String use) {
    return tls.get(id, use);
  }

  /// Replaces it; without certificate and authorities there is none of its own any more.
  @PUT
  @RequiresPermission(value = Permission.APP_EDIT, scoped = true)
  public TlsDetails put(
      @PathParam("id") String id,
      @PathParam("use") String use,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      TlsInput input) {
    return tls.put(id, use, Revisions.required(ifMatch), input);
  }
}
