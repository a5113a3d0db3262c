package dev.sallyport.authz;

import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The one place that says no.
@ApplicationScoped
public class Access {
  @Inject Event<AccessDenied> denied;

  /// Refuses the current call unless its actor holds the permission everywhere.
  public void require(Permission permission) {
    require(permission, Scope.EVERYTHING);
  }

  /// Refuses the current call unless its actor holds the permission in all of this scope.
  public void require(Permission permission, Scope scope) {
    Actor actor = CallContext.current().actor();
    if (!actor.may(permission) || !actor.scopeOf(permission).covers(scope)) {
      throw refusal(permission);
    }
  }

  /// Refuses the current call unless its actor holds the permission for an app with these labels.
  public void require(Permission permission, Map<String, String> labels) {
    if (!CallContext.current().actor().scopeOf(permission).covers(labels)) {
      throw refusal(permission);
    }
  }

  /// Refuses the current call unless its actor holds everything everywhere; for what could make
  /// anybody anybody.
  public void requireEverything() {
    for (Permission permission : Permission.values()) {
      require(permission);
    }
  }

  /// Where the current actor holds the permission; refuses whoever holds it nowhere.
  public Scope scope(Permission permission) {
    Scope scope = CallContext.current().actor().scopeOf(permission);
    if (scope.isNothing()) {
      throw refusal(permission);
    }
    return scope;
  }

  /// Refuses a change or an answer about something that lies only in some scopes. What the actor
  /// can't see is absent; what it sees but may not act on is forbidden.
  ///
  /// @param covers whether a scope covers the thing
  /// @param sight the permission that shows it
  public void requireWithin(
      Permission permission,
      Permission sight,
      Predicate<Scope> covers,
      Supplier<SallyportException> absent) {
    Actor actor = CallContext.current().actor();
    if (covers.test(actor.scopeOf(permission))) {
      return;
    }
    throw covers.test(actor.scopeOf(sight)) ? refusal(permission) : absent.get();
  }

  /// What a declaration demands before the body of a call is read.
  public void check(RequiresPermission required) {
    if (required.scoped()) {
      scope(required.value());
    } else {
      require(required.value());
    }
  }

  /// What a caller without a credential is told.
  public static SallyportException nobody() {
    return new SallyportException(
        ProblemType.UNAUTHENTICATED,
        "This needs a signed-in actor, or an API key as `Authorization: Bearer sp_…`.");
  }

  private SallyportException refusal(Permission permission) {
    CallContext context = CallContext.current();
    if (context.actor().isAnonymous()) {
      return nobody();
    }
    denied.fire(new AccessDenied(context, permission));
    return new SallyportException(
        ProblemType.FORBIDDEN, "This needs the permission " + permission.permissionName() + ".");
  }
}
