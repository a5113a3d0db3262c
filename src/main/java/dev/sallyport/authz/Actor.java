package dev.sallyport.authz;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// Who acts, with the permissions that were live when the call began, each with where it holds.
public record Actor(ActorKind kind, String id, String name, Map<Permission, Scope> grants) {
  public static final Actor ANONYMOUS =
      new Actor(ActorKind.ANONYMOUS, "anonymous", "anonymous", Map.of());

  /// Timers, the gateway and start-up. Holds no permission: what they do needs none.
  public static final Actor SYSTEM = new Actor(ActorKind.SYSTEM, "system", "system", Map.of());

  public Actor {
    grants = Map.copyOf(grants);
  }

  /// An actor that holds these permissions everywhere.
  public static Actor holding(ActorKind kind, String id, String name, Set<Permission> permissions) {
    var grants = new EnumMap<Permission, Scope>(Permission.class);
    permissions.forEach(permission -> grants.put(permission, Scope.EVERYTHING));
    return new Actor(kind, id, name, grants);
  }

  /// What the actor holds, wherever.
  public Set<Permission> permissions() {
    return grants.keySet();
  }

  /// Whether the actor holds the permission anywhere.
  public boolean may(Permission permission) {
    return !scopeOf(permission).isNothing();
  }

  /// Where the actor holds the permission.
  public Scope scopeOf(Permission permission) {
    return grants.getOrDefault(permission, Scope.NOTHING);
  }

  /// The same actor with no more than somebody else holds as well.
  public Actor cappedBy(Actor other) {
    var capped = new EnumMap<Permission, Scope>(Permission.class);
    grants.forEach(
        (permission, scope) -> capped.put(permission, scope.and(other.scopeOf(permission))));
    capped.values().removeIf(Scope::isNothing);
    return new Actor(kind, id, name, capped);
  }

  public boolean isAnonymous() {
    return kind == ActorKind.ANONYMOUS;
  }
}
