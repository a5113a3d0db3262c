package dev.sallyport.users;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.ActorSource;
import dev.sallyport.roles.RoleDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Users as actors, with what their assignments give them now.
@ApplicationScoped
public class UserActors implements ActorSource {
  @Inject UserStore users;
  @Inject RoleDirectory roles;

  @Override
  public Optional<Actor> find(ActorKind kind, String id, Instant at) {
    return kind == ActorKind.USER
        ? users.byId(id).filter(user -> !user.isDeactivated()).map(user -> actor(user, at))
        : Optional.empty();
  }

  private Actor actor(UserDetails user, Instant at) {
    return new Actor(
        ActorKind.USER,
        user.id(),
        user.displayName(),
        roles.grantsOf(ActorKind.USER, user.id(), at));
  }

  @Override
  public Set<Instant> ends(ActorKind kind, String id) {
    return kind == ActorKind.USER ? roles.endsOf(kind, id) : Set.of();
  }
}
