package dev.sallyport.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.HasErrorParameter;
import dev.sallyport.authz.Access;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.authz.Scope;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Refuses views whose permission the actor lacks, and views that declare none.
@ApplicationScoped
public class ViewAccess {
  @Inject Access access;

  void check(BeforeEnterEvent event) {
    Class<?> view = event.getNavigationTarget();
    if (HasErrorParameter.class.isAssignableFrom(view)) {
      return;
    }
    try {
      check(view);
    } catch (SallyportException refusal) {
      event.rerouteToError(refusal, refusal.detail());
    }
  }

  private void check(Class<?> view) {
    if (CallContext.current().actor().isAnonymous()) {
      throw new SallyportException(ProblemType.UNAUTHENTICATED, "Sign in to see this page.");
    }
    RequiresPermission required = view.getAnnotation(RequiresPermission.class);
    if (required != null) {
      access.check(required);
    } else if (!view.isAnnotationPresent(PublicEndpoint.class)) {
      throw new SallyportException(
          ProblemType.FORBIDDEN, "The page says of no permission that it opens it.");
    }
  }

  /// Whether the current actor may enter the view; for menus, which refuse nobody.
  static boolean isOpen(Class<? extends Component> view) {
    RequiresPermission required = view.getAnnotation(RequiresPermission.class);
    return required == null
        ? view.isAnnotationPresent(PublicEndpoint.class)
        : isOpen(CallContext.current().actor().scopeOf(required.value()), required);
  }

  private static boolean isOpen(Scope held, RequiresPermission required) {
    return required.scoped() ? !held.isNothing() : held.isEverything();
  }
}
