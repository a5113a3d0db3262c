package dev.sallyport.apps;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Cursor;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// `/apps`.
@Path("apps")
@RequestScoped
public class AppsResource {
  @Inject AppService apps;
  @Inject AppList list;

  @GET
  @RequiresPermission(value = Permission.APP_READ, scoped = true)
  public Page<AppDetails> list(
      @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit) {
    return list.page(Cursor.decode(after, 1), Page.limitOfWhole(limit));
  }

  @POST
  @RequiresPermission(value = Permission.APP_EDIT, scoped = true)
  public Response create(AppInput input) {
    AppDetails app = apps.create(input);
    return Response.created(URI.create("apps/" + app.id())).entity(app).build();
  }

  @GET
  @Path("{id}")
  @RequiresPermission(value = Permission.APP_READ, scoped = true)
  public AppDetails get(@PathParam("id") String id) {
    return apps.get(id);
  }

  @PUT
  @Path("{id}")
  @RequiresPermission(value = Permission.APP_EDIT, scoped = true)
  public AppDetails update(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      AppInput input) {
    return apps.update(id, Revisions.required(ifMatch), input);
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission(value = Permission.APP_DELETE, scoped = true)
  public void delete(
      @PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
    apps.delete(id, Revisions.required(ifMatch));
  }
}
