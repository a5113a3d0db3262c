package dev.sallyport.roles;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// `/auth/assignments`.
@Path("auth/assignments")
@RequestScoped
public class AssignmentsResource {
  @Inject AssignmentService assignments;
  @Inject AssignmentList list;

  @GET
  @RequiresPermission(Permission.AUTH_ROLE_LIST)
  public Page<AssignmentDetails> list(
      @BeanParam AssignmentQuery query, @QueryParam("after") @Nullable String after) {
    return list.page(query.filter(), Cursor.decode(after, 2), query.limit());
  }

  @POST
  @RequiresPermission(Permission.AUTH_ROLE_ASSIGN)
  public Response assign(AssignmentInput input) {
    return Response.status(Response.Status.CREATED).entity(assignments.assign(input)).build();
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission(Permission.AUTH_ROLE_REVOKE)
  public void revoke(@PathParam("id") String id) {
    assignments.revoke(id);
  }
}
