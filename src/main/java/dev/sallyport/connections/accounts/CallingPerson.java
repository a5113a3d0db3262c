package dev.sallyport.connections.accounts;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.connections.grants.Person;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.users.UserDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// Who calls, as a person who can have connections.
@ApplicationScoped
class CallingPerson {
  @Inject UserDirectory users;

  /// Empty for keys, proxies and workloads; refuses whoever is not signed in.
  Optional<Person> find() {
    Actor actor = CallContext.current().actor();
    if (actor.isAnonymous()) {
      throw new SallyportException(ProblemType.UNAUTHENTICATED, "Nobody is signed in.");
    }
    return actor.kind() == ActorKind.USER
        ? users.byId(actor.id()).map(user -> new Person(user.issuer(), user.subject()))
        : Optional.empty();
  }
}
