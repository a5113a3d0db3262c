package dev.sallyport.api;

import dev.sallyport.authz.Access;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NeedsCredential;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;

/// Refuses early, before a body is read; the service refuses again. A method that declares nothing
/// is refused to everybody.
@Provider
@Priority(Priorities.AUTHORIZATION)
public class PermissionFilter implements ContainerRequestFilter {
  @Context ResourceInfo resource;
  @Inject Access access;
  @Inject RequestLimits limits;

  @Override
  public void filter(ContainerRequestContext request) {
    limitKey();
    Method method = resource.getResourceMethod();
    RequiresPermission required = method.getAnnotation(RequiresPermission.class);
    if (required != null) {
      access.check(required);
    } else if (!method.isAnnotationPresent(PublicEndpoint.class)) {
      throw new SallyportException(ProblemType.FORBIDDEN, "This path declares no permission.");
    } else if (method.isAnnotationPresent(NeedsCredential.class) && isAnonymous()) {
      throw Access.nobody();
    }
  }

  private static boolean isAnonymous() {
    return CallContext.current().actor().isAnonymous();
  }

  private void limitKey() {
    Actor actor = CallContext.current().actor();
    if (actor.kind() != ActorKind.USER && !actor.isAnonymous()) {
      limits.require(LimitKind.API_KEY, actor.id());
    }
  }
}
