package dev.sallyport.appauth;

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

/// `/app-auth-configs`.
@Path("app-auth-configs")
@RequestScoped
public class AppAuthConfigsResource {
  @Inject AppAuthConfigService configs;
  @Inject ConfigList list;
  @Inject TokenTester tester;

  /// A token to be tried at an app; the config is the stored one or `config`.
  public record TestRequest(
      @Nullable String app, @Nullable String jwt, @Nullable AppAuthConfigInput config) {}

  @GET
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_READ, scoped = true)
  public Page<AppAuthConfigDetails> list(
      @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit) {
    return list.page(Cursor.decode(after, 1), Page.limitOfWhole(limit));
  }

  @POST
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_EDIT, scoped = true)
  public Response create(AppAuthConfigInput input) {
    AppAuthConfigDetails config = configs.create(input);
    return Response.created(URI.create("app-auth-configs/" + config.id())).entity(config).build();
  }

  @POST
  @Path("test")
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_TEST, scoped = true)
  public TokenTester.Answer test(TestRequest request) {
    return tester.test(request.app(), request.jwt(), request.config());
  }

  @POST
  @Path("{id}/test")
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_TEST, scoped = true)
  public TokenTester.Answer testStored(@PathParam("id") String id, TestRequest request) {
    return tester.testStored(id, request.app(), request.jwt());
  }

  @GET
  @Path("{id}")
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_READ, scoped = true)
  public AppAuthConfigDetails get(@PathParam("id") String id) {
    return configs.get(id);
  }

  @PUT
  @Path("{id}")
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_EDIT, scoped = true)
  public AppAuthConfigDetails update(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      AppAuthConfigInput input) {
    return configs.update(id, Revisions.required(ifMatch), input);
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_DELETE, scoped = true)
  public void delete(
      @PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
    configs.delete(id, Revisions.required(ifMatch));
  }
}
