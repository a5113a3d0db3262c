package dev.sallyport.login;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.login.discovery.ProviderTest;
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

/// `/auth/oidc/providers`.
@Path("auth/oidc/providers")
@RequestScoped
public class ProvidersResource {
  @Inject ProviderService providers;
  @Inject ProviderTests tests;
  @Inject ProviderKeys keys;

  @GET
  @RequiresPermission(Permission.AUTH_OIDC_LIST)
  public Page<ProviderDetails> list() {
    return Page.whole(providers.list());
  }

  @POST
  @RequiresPermission(Permission.AUTH_OIDC_CREATE)
  public Response create(ProviderInput input) {
    ProviderDetails provider = providers.create(input);
    return Response.created(URI.create("auth/oidc/providers/" + provider.id()))
        .entity(provider)
        .build();
  }

  @GET
  @Path("{id}")
  @RequiresPermission(Permission.AUTH_OIDC_LIST)
  public ProviderDetails get(@PathParam("id") String id) {
    return providers.get(id);
  }

  @PUT
  @Path("{id}")
  @RequiresPermission(Permission.AUTH_OIDC_EDIT)
  public ProviderDetails update(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      ProviderInput input) {
    return providers.update(id, Revisions.required(ifMatch), input);
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission(Permission.AUTH_OIDC_DELETE)
  public void delete(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @QueryParam("deactivate") boolean deactivate) {
    providers.delete(id, Revisions.required(ifMatch), deactivate);
  }

  /// Tries a draft out without storing it.
  @POST
  @Path("test")
  @RequiresPermission(Permission.AUTH_OIDC_CREATE)
  public ProviderTest test(ProviderTest.Draft draft) {
    return tests.ofDraft(draft);
  }

  @POST
  @Path("{id}/test")
  @RequiresPermission(Permission.AUTH_OIDC_EDIT)
  public ProviderTest testStored(@PathParam("id") String id) {
    return tests.ofStored(id);
  }

  @GET
  @Path("{id}/jwks-status")
  @RequiresPermission(Permission.AUTH_OIDC_LIST)
  public ProviderKeys.Status keys(@PathParam("id") String id) {
    return keys.status(id);
  }

  /// Asks the provider for its discovery document and keys now.
  @POST
  @Path("{id}/refresh")
  @RequiresPermission(Permission.AUTH_OIDC_EDIT)
  public ProviderKeys.Status refresh(@PathParam("id") String id) {
    return keys.refresh(id);
  }
}
