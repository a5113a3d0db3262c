package dev.sallyport.issuers;

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

/// `/issuers`.
@Path("issuers")
@RequestScoped
public class IssuersResource {
  @Inject IssuerService issuers;

  @GET
  @RequiresPermission(Permission.ISSUER_READ)
  public Page<IssuerDetails> list() {
    return Page.whole(issuers.list());
  }

  @POST
  @RequiresPermission(Permission.ISSUER_EDIT)
  public Response create(IssuerInput input) {
    IssuerDetails issuer = issuers.create(input);
    return Response.created(URI.create("issuers/" + issuer.id())).entity(issuer).build();
  }

  @GET
  @Path("{id}")
  @RequiresPermission(Permission.ISSUER_READ)
  public IssuerDetails get(@PathParam("id") String id) {
    return issuers.get(id);
  }

  @PUT
  @Path("{id}")
  @RequiresPermission(Permission.ISSUER_EDIT)
  public IssuerDetails update(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      IssuerInput input) {
    return issuers.update(id, Revisions.required(ifMatch), input);
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission(Permission.ISSUER_EDIT)
  public void delete(
      @PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
    issuers.delete(id, Revisions.required(ifMatch));
  }
}
