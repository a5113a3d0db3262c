package dev.sallyport.roles;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.DenialQueue;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.Actors;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.Scope;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Nobody gives, takes away or changes more than they hold themselves, and nobody gives it for
/// longer than they hold it. Whatever confers permissions asks here: assignments, roles, keys,
/// mappings of groups, rules for workloads, reactivation.
@ApplicationScoped
public class Conferral {
  @Inject RoleDirectory roles;
  @Inject Actors actors;
  @Inject Clock clock;
  @Inject DenialQueue denials;

  /// What would be conferred, as it would stand at a moment.
  @FunctionalInterface
  public interface Conferred {
    Map<Permission, Scope> at(Instant moment);
  }

  /// What the caller lacks, and from when on; at once where `from` is absent.
  record Shortfall(Permission permission, @Nullable Instant from) {}

  /// Refuses unless the caller holds all this now; for what is taken away or replaced.
  public void requireHeld(Map<Permission, Scope> present) {
    CallContext context = CallContext.current();
    missing(context.actor(), present)
        .ifPresent(
            missing -> {
              throw refusal(context, new Shortfall(missing, null));
            });
  }

  /// As [#requireHeld(Map)], of what the role confers within the scope.
  public void requireHeld(String roleId, Scope scope) {
    requireHeld(roles.grantsOfRole(roleId, scope));
  }

  /// Refuses unless the caller holds all this, and holds it as long.
  public void require(Conferred conferred) {
    CallContext context = CallContext.current();
    shortfall(context.actor(), conferred)
        .ifPresent(
            shortfall -> {
              throw refusal(context, shortfall);
            });
  }

  /// Refuses unless the caller holds for good all that the role confers within the scope.
  public void requireForGood(String roleId, Scope scope) {
    Map<Permission, Scope> grants = roles.grantsOfRole(roleId, scope);
    require(moment -> grants);
  }

  /// Refuses unless the caller holds all that the role confers within the scope up to its end, the
  /// field `expiresAt` of the input.
  public void requireUntil(String roleId, Scope scope, @Nullable Instant expiresAt) {
    Map<Permission, Scope> grants = roles.grantsOfRole(roleId, scope);
    requireUntil(moment -> grants, expiresAt);
  }

  /// As [#requireUntil(String, Scope, Instant)], of anything.
  public void requireUntil(Conferred conferred, @Nullable Instant expiresAt) {
    CallContext context = CallContext.current();
    Conferred ending =
        moment -> expiresAt == null || expiresAt.isAfter(moment) ? conferred.at(moment) : Map.of();
    shortfall(context.actor(), ending)
        .ifPresent(
            shortfall -> {
              Instant from = shortfall.from();
              throw from == null ? refusal(context, shortfall) : tooLong(shortfall, from);
            });
  }

  private static SallyportException tooLong(Shortfall shortfall, Instant from) {
    return SallyportException.invalid(
        "expiresAt",
        "must be "
            + from
            + " at the latest: you hold "
            + shortfall.permission().permissionName()
            + " no longer than that.");
  }

  // What somebody holds only shrinks as time passes, so it is enough to look when it does.
  Optional<Shortfall> shortfall(Actor actor, Conferred conferred) {
    Optional<Permission> now = missing(actor, conferred.at(clock.instant()));
    if (now.isPresent()) {
      return now.map(permission -> new Shortfall(permission, null));
    }
    return actors.ends(actor.kind(), actor.id()).stream()
        .flatMap(
            end ->
                missing(actorAt(actor, end), conferred.at(end)).stream()
                    .map(permission -> new Shortfall(permission, end)))
        .findFirst();
  }

  private Actor actorAt(Actor actor, Instant moment) {
    return actors.find(actor.kind(), actor.id(), moment).orElse(Actor.ANONYMOUS);
  }

  static Optional<Permission> missing(Actor actor, Map<Permission, Scope> conferred) {
    return Arrays.stream(Permission.values())
        .filter(p -> !actor.scopeOf(p).covers(conferred.getOrDefault(p, Scope.NOTHING)))
        .findFirst();
  }

  private SallyportException refusal(CallContext context, Shortfall shortfall) {
    String name = shortfall.permission().permissionName();
    denials.offer(
        AuditEntry.denied(AuditEventName.PERMISSION_DENIED, ProblemType.CONFERS_MORE)
            .with("permission", name),
        context);
    return new SallyportException(
        ProblemType.CONFERS_MORE, "It confers " + name + why(context.actor(), shortfall));
  }

  private static String why(Actor actor, Shortfall shortfall) {
    if (shortfall.from() != null) {
      return " for longer than you hold it, which is until " + shortfall.from() + ".";
    }
    return actor.may(shortfall.permission())
        ? " beyond the apps where you hold it."
        : ", which you do not hold.";
  }
}
