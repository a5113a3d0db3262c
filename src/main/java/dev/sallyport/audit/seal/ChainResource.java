package dev.sallyport.audit.seal;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/// `/audit/verify`, `/audit/checkpoints` and `/audit/keys`.
@Path("audit")
@RequestScoped
public class ChainResource {
  private static final int PAGE = 100;

  @Inject ChainVerifier verifier;
  @Inject Checkpoints checkpoints;
  @Inject Statements statements;

  @GET
  @Path("verify")
  @RequiresPermission(Permission.AUDIT_READ)
  public Verification verify() {
    return verifier.verify();
  }

  @GET
  @Path("checkpoints")
  @RequiresPermission(Permission.AUDIT_READ)
  public Page<Checkpoint> checkpoints(@QueryParam("after") @Nullable String after) {
    return checkpoints.page(Cursor.decode(after, 1), PAGE);
  }

  @GET
  @Path("keys")
  @PublicEndpoint("Public keys: whoever was given an export checks it with them.")
  public Statements.KeySetResponse keys() {
    return statements.publicKeys();
  }
}
