package dev.sallyport.workloads;

import dev.sallyport.users.UserDeactivated;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/// Switches off the rules that a person answers for, when that person is deactivated, so that their
/// return does not bring them back unseen.
@ApplicationScoped
public class MakerObserver {
  @Inject WorkloadRuleService rules;

  void ended(@Observes UserDeactivated person) {
    rules.disableOf(person.userId());
  }
}
