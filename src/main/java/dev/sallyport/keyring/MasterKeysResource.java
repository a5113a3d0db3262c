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
import java.util.List;

/// `/auth/master-keys`: how many secrets are encrypted with which key, never a key.
@Path("auth/master-keys")
@RequestScoped
public class MasterKeysResource {
  @Inject MasterKeyService keys;

  @GET
  @RequiresPermission(Permission.SYSTEM_READ)
  public Page<MasterKeyDetails> list() {
    return page(keys.list());
  }

  @POST
  @Path("reencrypt")
  @RequiresPermission(Permission.AUTH_SIGNING_KEY_ROTATE)
  public Response reencrypt() {
    return Response.accepted(page(keys.reencrypt())).build();
  }

  private static Page<MasterKeyDetails> page(List<MasterKeyDetails> all) {
    return Page.whole(all);
  }
}
