package dev.sallyport.roles;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.ActorSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Optional;

/// Asks everybody who knows actors.
@ApplicationScoped
class KnownActors {
  @Inject @Any Instance<ActorSource> sources;

  /// The actor as it is now; empty when it is gone, expired or deactivated.
  Optional<Actor> find(ActorKind kind, String id) {
    return sources.stream().flatMap(source -> source.find(kind, id).stream()).findFirst();
  }
}
