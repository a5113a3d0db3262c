package dev.sallyport.authz;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Knows the actors of some kinds by their ids. Implementations are CDI beans of the features;
/// [Actors] asks all of them.
public interface ActorSource {
  /// The actor as it is at this moment, or will be at a later one if nobody changes anything; empty
  /// when it is of another kind, gone, expired or deactivated.
  Optional<Actor> find(ActorKind kind, String id, Instant at);

  /// When the actor will hold less by the mere passing of time; none when it is of another kind.
  Set<Instant> ends(ActorKind kind, String id);
}
