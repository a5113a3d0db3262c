package dev.sallyport.authz;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/// Enforces [RequiresPermission] on services, the one door that REST and console share.
@Interceptor
@RequiresPermission(Permission.SYSTEM_READ)
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class PermissionInterceptor {
  @Inject Access access;

  @AroundInvoke
  Object check(InvocationContext invocation) throws Exception {
    RequiresPermission required = invocation.getMethod().getAnnotation(RequiresPermission.class);
    if (required == null) {
      required = invocation.getTarget().getClass().getAnnotation(RequiresPermission.class);
    }
    if (required != null) {
      access.check(required);
    }
    return invocation.proceed();
  }
}
