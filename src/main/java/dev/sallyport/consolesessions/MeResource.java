package dev.sallyport.consolesessions;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

/// `GET /auth/me`: who the caller is to this server, and what it may do.
@Path("auth/me")
@RequestScoped
public class MeResource {
  /// The caller.
  public record Me(String kind, String id, String name, List<String> permissions) {}

  @GET
  @PublicEndpoint("Tells callers about themselves; anonymous ones are refused.")
  public Me me() {
    Actor actor = CallContext.current().actor();
    if (actor.isAnonymous()) {
      throw new SallyportException(ProblemType.UNAUTHENTICATED, "Nobody is signed in.");
    }
    return new Me(
        actor.kind().code(),
        actor.id(),
        actor.name(),
        actor.permissions().stream().map(Permission::permissionName).sorted().toList());
  }
}
