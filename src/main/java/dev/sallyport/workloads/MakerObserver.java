package dev.sallyport.workloads;

import dev.sallyport.users.UserDeactivated;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/// Switches off the rules that a person made, when that person is deactivated: what they let in was
/// theirs to answer for. Before the person's keys go, because some rules were made with those.
@ApplicationScoped
public class MakerObserver {
  @Inject WorkloadRuleService rules;

  void ended(@Observes @Priority(100) UserDeactivated person) {
    rules.disableOf(person.userId());
  }
}
