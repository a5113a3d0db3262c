package dev.sallyport.users;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/// `/auth/users`.
@Path("auth/users")
@RequestScoped
public class UsersResource {
  @Inject UserService users;

  /// The filter as query parameters.
  public static class Query {
    @QueryParam("text")
    @Nullable String text;

    @QueryParam("provider")
    @Nullable String provider;

    @QueryParam("state")
    @Nullable String state;

    UserFilter filter() {
      return UserFilter.of(text, provider, state);
    }
  }

  @GET
  @RequiresPermission(Permission.AUTH_USER_READ)
  public Page<UserSummary> list(
      @BeanParam Query query,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    return users.page(query.filter(), Cursor.decode(after, 2), Page.limit(limit));
  }

  @GET
  @Path("{id}")
  @RequiresPermission(Permission.AUTH_USER_READ)
  public UserSummary get(@PathParam("id") String id) {
    return users.get(id);
  }

  @POST
  @Path("{id}/deactivate")
  @RequiresPermission(Permission.AUTH_USER_DEACTIVATE)
  public UserSummary deactivate(@PathParam("id") String id) {
    return users.deactivate(id);
  }

  @POST
  @Path("{id}/reactivate")
  @RequiresPermission(Permission.AUTH_USER_DEACTIVATE)
  public UserSummary reactivate(@PathParam("id") String id) {
    return users.reactivate(id);
  }
}
