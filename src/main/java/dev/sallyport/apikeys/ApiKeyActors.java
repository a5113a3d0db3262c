package dev.sallyport.apikeys;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.ActorSource;
import dev.sallyport.authz.Actors;
import dev.sallyport.crypto.Secret;
import dev.sallyport.roles.RoleDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Finds the actors behind keys, with what they hold at this moment. A person's key never holds
/// more than the person, and nothing without them.
@ApplicationScoped
public class ApiKeyActors implements ActorSource {
  @Inject ApiKeyStore store;
  @Inject RoleDirectory roles;
  @Inject Clock clock;
  @Inject Actors actors;

  @Override
  public Optional<Actor> find(ActorKind kind, String id, Instant at) {
    return ofKind(kind, id, at).flatMap(key -> actor(key, at));
  }

  private Optional<ApiKey> ofKind(ActorKind kind, String id, Instant at) {
    return isOfKeys(kind) ? store.byId(id, at).filter(key -> key.kind() == kind) : Optional.empty();
  }

  private static boolean isOfKeys(ActorKind kind) {
    return kind == ActorKind.API_KEY || kind == ActorKind.PROXY || kind == ActorKind.WORKLOAD;
  }

  /// With the key itself, its assignments and its owner's.
  @Override
  public Set<Instant> ends(ActorKind kind, String id) {
    Optional<ApiKey> found = ofKind(kind, id, clock.instant());
    if (found.isEmpty()) {
      return Set.of();
    }
    Set<Instant> ends = new HashSet<>(roles.endsOf(kind, id));
    Instant until = found.get().until();
    if (until != null) {
      ends.add(until);
    }
    String owner = found.get().ownerId();
    if (owner != null) {
      ends.addAll(actors.ends(ActorKind.USER, owner));
    }
    return ends;
  }

  Optional<Actor> byValue(Secret value) {
    Instant now = clock.instant();
    return store.byValue(value, now).flatMap(key -> actor(key, now));
  }

  /// By one of its values, which dies with the overlap of a rotation.
  Optional<Actor> byValueId(String keyId, String valueId) {
    Instant now = clock.instant();
    return store
        .byValueId(valueId, now)
        .filter(key -> key.id().equals(keyId))
        .flatMap(key -> actor(key, now));
  }

  private Optional<Actor> actor(ApiKey key, Instant at) {
    var actor =
        new Actor(key.kind(), key.id(), key.name(), roles.grantsOf(key.kind(), key.id(), at));
    String owner = key.ownerId();
    return owner == null
        ? Optional.of(actor)
        : actors.find(ActorKind.USER, owner, at).map(actor::cappedBy);
  }
}
