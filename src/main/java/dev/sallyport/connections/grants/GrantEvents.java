package dev.sallyport.connections.grants;

import dev.sallyport.apps.AppDeleted;
import dev.sallyport.appsessions.PersonBlocked;
import dev.sallyport.authz.CallContext;
import dev.sallyport.connections.clients.ClientGone;
import dev.sallyport.users.UserDeactivated;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/// Ends grants with what they hang on, within the transaction that ends that.
@ApplicationScoped
class GrantEvents {
  @Inject GrantEnding ending;

  void deactivated(@Observes UserDeactivated event) {
    end(new Person(event.issuer(), event.subject()), GrantEnd.DEACTIVATED);
  }

  void blocked(@Observes PersonBlocked event) {
    end(new Person(event.issuer(), event.subject()), GrantEnd.BLOCKED);
  }

  private void end(Person person, GrantEnd reason) {
    ending.endOfPerson(person, reason, CallContext.current().actor().name());
  }

  void appDeleted(@Observes AppDeleted event) {
    ending.endOfApp(event.appId());
  }

  void clientGone(@Observes ClientGone event) {
    ending.endOfClient(event.id());
  }
}
