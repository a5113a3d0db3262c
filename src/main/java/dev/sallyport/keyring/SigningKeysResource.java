package dev.sallyport.keyring;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// `/auth/signing-keys`.
@Path("auth/signing-keys")
@RequestScoped
public class SigningKeysResource {
  @Inject SigningKeyService keys;

  /// Which ring gets a new key.
  public record RotateRequest(@Nullable String purpose) {}

  @GET
  @RequiresPermission(Permission.AUTH_SIGNING_KEY_LIST)
  public Page<SigningKeyDetails> list() {
    return Page.whole(keys.list());
  }

  @POST
  @Path("rotate")
  @RequiresPermission(Permission.AUTH_SIGNING_KEY_ROTATE)
  public Response rotate(RotateRequest request) {
    return Response.status(Response.Status.CREATED).entity(keys.rotate(request.purpose())).build();
  }
}
