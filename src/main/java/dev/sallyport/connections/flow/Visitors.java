package dev.sallyport.connections.flow;

import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.connections.grants.Person;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.users.UserDetails;
import dev.sallyport.users.UserDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// Says who opened a link. Only a sign-in with the same issuer's provider counts, and the subject
/// that it gave: names and addresses can be given anew.
@ApplicationScoped
class Visitors {
  @Inject UserDirectory users;

  /// The person of this call; empty when nobody is signed in, or somebody without an identity
  /// provider, such as the holder of an API key.
  Optional<Visitor> current() {
    CallContext context = CallContext.current();
    String session = context.consoleSessionId();
    if (session == null || context.actor().kind() != ActorKind.USER) {
      return Optional.empty();
    }
    return users
        .byId(context.actor().id())
        .filter(user -> !user.isDeactivated())
        .map(user -> visitor(user, session));
  }

  private static Visitor visitor(UserDetails user, String session) {
    return new Visitor(new Person(user.issuer(), user.subject()), user.displayName(), session);
  }

  /// Refuses everybody but this person.
  Visitor require(Person person) {
    return current()
        .filter(visitor -> visitor.person().equals(person))
        .orElseThrow(
            () ->
                new SallyportException(
                    ProblemType.NOT_YOUR_LINK, ProblemType.NOT_YOUR_LINK.cause()));
  }
}
