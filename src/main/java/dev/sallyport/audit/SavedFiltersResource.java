package dev.sallyport.audit;

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
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// `/audit/saved-filters`: the caller's own.
@Path("audit/saved-filters")
@RequestScoped
public class SavedFiltersResource {
  @Inject SavedFilters filters;

  /// A filter to keep; one of the same name is replaced.
  public record SaveFilterRequest(@Nullable String name, @Nullable String query) {}

  @GET
  @RequiresPermission(value = Permission.AUDIT_READ, scoped = true)
  public Page<SavedFilter> list() {
    return Page.whole(filters.list());
  }

  @POST
  @RequiresPermission(value = Permission.AUDIT_READ, scoped = true)
  public Response save(SaveFilterRequest request) {
    return Response.status(Response.Status.CREATED)
        .entity(filters.save(request.name(), request.query()))
        .build();
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission(value = Permission.AUDIT_READ, scoped = true)
  public void delete(@PathParam("id") String id) {
    filters.delete(id);
  }
}
