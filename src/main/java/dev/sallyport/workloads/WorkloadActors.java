package dev.sallyport.workloads;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.ActorSource;
import dev.sallyport.authz.Actors;
import dev.sallyport.authz.Permission;
import dev.sallyport.roles.RoleDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the actors that rules make of workloads, with what they hold at this moment: never more
/// than the person who answers for the rule.
@ApplicationScoped
public class WorkloadActors implements ActorSource {
  @Inject WorkloadRuleStore store;
  @Inject RoleDirectory roles;
  @Inject Actors actors;
  @Inject Clock clock;

  @Override
  public Optional<Actor> find(ActorKind kind, String id, Instant at) {
    return live(kind, id)
        .filter(rule -> lasts(rule.expiresAt(), at))
        .flatMap(rule -> named(rule, rule.name(), at));
  }

  private Optional<WorkloadRuleDetails> live(ActorKind kind, String id) {
    return kind == ActorKind.WORKLOAD
        ? store.byId(id).filter(rule -> rule.state().equals(WorkloadRuleDetails.LIVE))
        : Optional.empty();
  }

  private static boolean lasts(@Nullable Instant expiry, Instant at) {
    return expiry == null || expiry.isAfter(at);
  }

  /// With the rule itself, its assignments and its owner's.
  @Override
  public Set<Instant> ends(ActorKind kind, String id) {
    Optional<WorkloadRuleDetails> rule = live(kind, id);
    if (rule.isEmpty()) {
      return Set.of();
    }
    Set<Instant> ends = new HashSet<>(roles.endsOf(kind, id));
    Instant expiry = rule.get().expiresAt();
    if (expiry != null) {
      ends.add(expiry);
    }
    String owner = rule.get().owner();
    if (owner != null) {
      ends.addAll(actors.ends(ActorKind.USER, owner));
    }
    return ends;
  }

  /// The actor of a token that met the rule; nobody once its owner is gone.
  Optional<Actor> of(WorkloadRuleDetails rule, String subject) {
    return named(rule, rule.name() + ":" + subject, clock.instant());
  }

  private Optional<Actor> named(WorkloadRuleDetails rule, String name, Instant at) {
    var actor =
        new Actor(
            ActorKind.WORKLOAD, rule.id(), name, roles.grantsOf(ActorKind.WORKLOAD, rule.id(), at));
    if (Arrays.stream(Permission.values()).allMatch(actor::may)) {
      // Its role was widened since: no job is an admin.
      return Optional.empty();
    }
    String owner = rule.owner();
    return owner == null
        ? Optional.of(actor)
        : actors.find(ActorKind.USER, owner, at).map(actor::cappedBy);
  }
}
