package dev.sallyport.roles;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Revisions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// `/auth/roles` and `/auth/permissions`.
@Path("auth")
@RequestScoped
public class RolesResource {
  @Inject RoleService roles;

  @GET
  @Path("permissions")
  @RequiresPermission(Permission.AUTH_ROLE_LIST)
  public Page<PermissionDetails> permissions() {
    return Page.whole(roles.permissions());
  }

  @GET
  @Path("roles")
  @RequiresPermission(Permission.AUTH_ROLE_LIST)
  public Page<RoleDetails> list() {
    return Page.whole(roles.list());
  }

  @POST
  @Path("roles")
  @RequiresPermission(Permission.AUTH_ROLE_CREATE)
  public Response create(RoleInput input) {
    RoleDetails role = roles.create(input);
    return Response.created(URI.create("auth/roles/" + role.id())).entity(role).build();
  }

  @GET
  @Path("roles/{id}")
  @RequiresPermission(Permission.AUTH_ROLE_LIST)
  public RoleDetails get(@PathParam("id") String id) {
    return roles.get(id);
  }

  @PUT
  @Path("roles/{id}")
  @RequiresPermission(Permission.AUTH_ROLE_EDIT)
  public RoleDetails update(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      RoleInput input) {
    return roles.update(id, Revisions.required(ifMatch), input);
  }

  @DELETE
  @Path("roles/{id}")
  @RequiresPermission(Permission.AUTH_ROLE_DELETE)
  public void delete(
      @PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
    roles.delete(id, Revisions.required(ifMatch));
  }
}
