package dev.sallyport.roles;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;

/// Tells callers who they are to this server, and why they may do what they may.
@Stateless
@NoPermissionNeeded("What is one's own needs no permission.")
public class OwnAccess {
  @Inject Assignments assignments;

  public Me me() {
    Actor actor = CallContext.current().actor();
    if (actor.isAnonymous()) {
      throw new SallyportException(ProblemType.UNAUTHENTICATED, "Nobody is signed in.");
    }
    return new Me(
        actor.kind().code(),
        actor.id(),
        actor.name(),
        permissions(actor),
        assignments.of(actor.kind(), actor.id()));
  }

  private static List<Me.HeldPermission> permissions(Actor actor) {
    return actor.grants().entrySet().stream()
        .filter(grant -> !grant.getValue().isNothing())
        .map(
            grant ->
                new Me.HeldPermission(
                    grant.getKey().permissionName(), Selectors.of(grant.getValue())))
        .sorted(Comparator.comparing(Me.HeldPermission::name))
        .toList();
  }
}
