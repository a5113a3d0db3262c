package dev.sallyport.roles;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.DenialQueue;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.Scope;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Nobody gives, takes away or changes more than they hold themselves. Whatever confers permissions
/// asks here: assignments, roles, keys, mappings of groups, rules for workloads, reactivation.
@ApplicationScoped
public class Conferral {
  @Inject RoleDirectory roles;
  @Inject DenialQueue denials;

  /// Refuses unless the caller holds all that the role confers within the scope.
  public void require(String roleId, Scope scope) {
    require(roles.grantsOfRole(roleId, scope));
  }

  /// Refuses unless the caller holds each permission wherever it is conferred.
  public void require(Map<Permission, Scope> conferred) {
    CallContext context = CallContext.current();
    Optional<Permission> missing = missing(context.actor(), conferred);
    if (missing.isPresent()) {
      throw refusal(context, missing.get());
    }
  }

  static Optional<Permission> missing(Actor actor, Map<Permission, Scope> conferred) {
    return Arrays.stream(Permission.values())
        .filter(p -> !actor.scopeOf(p).covers(conferred.getOrDefault(p, Scope.NOTHING)))
        .findFirst();
  }

  private SallyportException refusal(CallContext context, Permission missing) {
    String name = missing.permissionName();
    denials.offer(
        AuditEntry.denied(AuditEventName.PERMISSION_DENIED, ProblemType.CONFERS_MORE)
            .with("permission", name),
        context);
    boolean isPartial = context.actor().may(missing);
    return new SallyportException(
        ProblemType.CONFERS_MORE,
        isPartial
            ? "It confers " + name + " beyond the apps where you hold it."
            : "It confers " + name + ", which you do not hold.");
  }
}
