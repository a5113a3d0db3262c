package dev.sallyport.authz;

import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;

/// The one place that says no.
@ApplicationScoped
public class Access {
  @Inject Event<AccessDenied> denied;

  /// Refuses the current call unless its actor holds the permission.
  public void require(Permission permission) {
    CallContext context = CallContext.current();
    if (context.actor().may(permission)) {
      return;
    }
    if (context.actor().isAnonymous()) {
      throw new SallyportException(ProblemType.UNAUTHENTICATED, "This needs a signed-in actor.");
    }
    denied.fire(new AccessDenied(context, permission));
    throw new SallyportException(
        ProblemType.FORBIDDEN, "This needs the permission " + permission.permissionName() + ".");
  }
}
