package dev.sallyport.apikeys;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.ActorSource;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.Scope;
import dev.sallyport.crypto.Secret;
import dev.sallyport.roles.RoleDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Finds the actors behind keys, with what they hold at this moment. A person's key never holds
/// more than the person, and nothing without them.
@ApplicationScoped
public class ApiKeyActors implements ActorSource {
  @Inject ApiKeyStore store;
  @Inject RoleDirectory roles;
  @Inject Clock clock;
  @Inject @Any Instance<ActorSource> sources;

  @Override
  public Optional<Actor> find(ActorKind kind, String id) {
    return isOfKeys(kind)
        ? store.byId(id, clock.instant()).filter(key -> key.kind() == kind).flatMap(this::actor)
        : Optional.empty();
  }

  private static boolean isOfKeys(ActorKind kind) {
    return kind == ActorKind.API_KEY || kind == ActorKind.PROXY || kind == ActorKind.WORKLOAD;
  }

  Optional<Actor> byValue(Secret value) {
    return store.byValue(value, clock.instant()).flatMap(this::actor);
  }

  /// By one of its values, which dies with the overlap of a rotation.
  Optional<Actor> byValueId(String keyId, String valueId) {
    return store
        .byValueId(valueId, clock.instant())
        .filter(key -> key.id().equals(keyId))
        .flatMap(this::actor);
  }

  private Optional<Actor> actor(ApiKey key) {
    Map<Permission, Scope> grants = roles.grantsOf(key.kind(), key.id());
    String owner = key.ownerId();
    if (owner == null) {
      return Optional.of(new Actor(key.kind(), key.id(), key.name(), grants));
    }
    return sources.stream()
        .flatMap(source -> source.find(ActorKind.USER, owner).stream())
        .findFirst()
        .map(person -> new Actor(key.kind(), key.id(), key.name(), capped(grants, person)));
  }

  static Map<Permission, Scope> capped(Map<Permission, Scope> grants, Actor owner) {
    var capped = new EnumMap<Permission, Scope>(Permission.class);
    grants.forEach(
        (permission, scope) -> {
          Scope both = scope.and(owner.scopeOf(permission));
          if (!both.isNothing()) {
            capped.put(permission, both);
          }
        });
    return capped;
  }
}
