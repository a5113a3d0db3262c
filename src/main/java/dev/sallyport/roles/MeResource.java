package dev.sallyport.roles;

import dev.sallyport.authz.NeedsCredential;
import dev.sallyport.authz.PublicEndpoint;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// `GET /auth/me`.
@Path("auth/me")
@RequestScoped
public class MeResource {
  @Inject OwnAccess own;

  @GET
  @NeedsCredential
  @PublicEndpoint("Tells callers about themselves; anonymous ones are refused.")
  public Me me() {
    return own.me();
  }
}
