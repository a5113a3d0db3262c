package dev.sallyport.authz;

import java.util.EnumSet;
import java.util.Set;

/// Who acts, with the permissions that were live when the call began.
public record Actor(ActorKind kind, String id, String name, Set<Permission> permissions) {
  public static final Actor ANONYMOUS =
      new Actor(ActorKind.ANONYMOUS, "anonymous", "anonymous", Set.of());

  /// Timers, the gateway and start-up. Holds no permission: what they do needs none.
  public static final Actor SYSTEM = new Actor(ActorKind.SYSTEM, "system", "system", Set.of());

  public Actor {
    permissions = permissions.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(permissions));
  }

  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }

  public boolean isAnonymous() {
    return kind == ActorKind.ANONYMOUS;
  }
}
