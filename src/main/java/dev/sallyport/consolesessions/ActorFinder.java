package dev.sallyport.consolesessions;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.ActorSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Optional;

/// Asks every source of actors.
@ApplicationScoped
class ActorFinder {
  @Inject @Any Instance<ActorSource> sources;

  /// The actor as it is at this moment; empty when it is gone or may not act any more.
  Optional<Actor> find(ActorKind kind, String id) {
    return sources.stream()
        .map(source -> source.find(kind, id))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
