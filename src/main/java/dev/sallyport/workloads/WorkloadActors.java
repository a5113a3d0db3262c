package dev.sallyport.workloads;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.ActorSource;
import dev.sallyport.roles.RoleDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// Finds the actors that rules make of workloads, with what they hold at this moment.
@ApplicationScoped
public class WorkloadActors implements ActorSource {
  @Inject WorkloadRuleStore store;
  @Inject RoleDirectory roles;

  @Override
  public Optional<Actor> find(ActorKind kind, String id) {
    if (kind != ActorKind.WORKLOAD) {
      return Optional.empty();
    }
    return store
        .byId(id)
        .filter(rule -> rule.state().equals(WorkloadRuleDetails.LIVE))
        .map(rule -> named(rule, rule.name()));
  }

  /// The actor of a token that met the rule.
  Actor of(WorkloadRuleDetails rule, String subject) {
    return named(rule, rule.name() + ":" + subject);
  }

  private Actor named(WorkloadRuleDetails rule, String name) {
    return new Actor(
        ActorKind.WORKLOAD, rule.id(), name, roles.grantsOf(ActorKind.WORKLOAD, rule.id()));
  }
}
