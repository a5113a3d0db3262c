package dev.sallyport.apikeys;

import dev.sallyport.users.UserDeactivated;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/// Lets a person's keys die with the deactivation, in its transaction: a reactivation brings none
/// back.
@ApplicationScoped
public class OwnerObserver {
  @Inject ApiKeyService keys;

  void ended(@Observes UserDeactivated person) {
    keys.deleteOfOwner(person.userId());
  }
}
