package dev.sallyport.users;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.ActorSource;
import dev.sallyport.roles.RoleDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// Users as actors, with what their assignments give them now.
@ApplicationScoped
public class UserActors implements ActorSource {
  @Inject UserStore users;
  @Inject RoleDirectory roles;

  @Override
  public Optional<Actor> find(ActorKind kind, String id) {
    return kind == ActorKind.USER
        ? users.byId(id).filter(user -> !user.isDeactivated()).map(this::actor)
        : Optional.empty();
  }

  private Actor actor(UserDetails user) {
    return new Actor(
        ActorKind.USER, user.id(), user.displayName(), roles.grantsOf(ActorKind.USER, user.id()));
  }
}
