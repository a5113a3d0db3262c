package dev.sallyport.authz;

import java.util.Optional;

/// Knows the actors of some kinds by their ids. Implementations are CDI beans of the features; a
/// console session, a machine token or a sign-in link asks all of them.
public interface ActorSource {
  /// The actor as it is at this moment; empty when it is of another kind, gone, expired or
  /// deactivated.
  Optional<Actor> find(ActorKind kind, String id);
}
