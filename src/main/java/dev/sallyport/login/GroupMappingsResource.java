package dev.sallyport.login;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// `/auth/oidc/group-mappings`.
@Path("auth/oidc/group-mappings")
@RequestScoped
public class GroupMappingsResource {
  @Inject GroupMappingService mappings;

  @GET
  @RequiresPermission(Permission.AUTH_OIDC_LIST)
  public Page<GroupMappingDetails> list(@QueryParam("providerId") @Nullable String providerId) {
    return Page.whole(mappings.list(providerId));
  }

  @POST
  @RequiresPermission(Permission.AUTH_OIDC_EDIT)
  public Response create(GroupMappingInput input) {
    GroupMappingDetails mapping = mappings.create(input);
    return Response.created(URI.create("auth/oidc/group-mappings/" + mapping.id()))
        .entity(mapping)
        .build();
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission(Permission.AUTH_OIDC_EDIT)
  public void delete(@PathParam("id") String id) {
    mappings.delete(id);
  }
}
