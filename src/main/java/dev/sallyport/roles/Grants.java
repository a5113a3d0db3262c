package dev.sallyport.roles;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.Scope;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// How roles and scopes add up to permissions; the only place that knows.
///
/// What is about apps can be limited by their labels. Everything else (roles, keys, issuers, the
/// system) concerns all apps at once: a scoped assignment does not confer it. [RoleDirectory#AGENT]
/// reports on upstreams within a scope only.
final class Grants {
  private static final Set<String> ABOUT_APPS =
      Set.of("app", "app_auth_config", "app_session", "upstream", "connection", "audit", "freeze");

  private Grants() {}

  /// One assignment: permissions of a role, and where it was given.
  record Held(String roleId, Scope scope, Set<Permission> permissions) {}

  /// What these assignments confer together.
  static Map<Permission, Scope> union(Collection<Held> assignments) {
    var grants = new EnumMap<Permission, Scope>(Permission.class);
    for (Held held : assignments) {
      held.permissions().stream()
          .filter(permission -> confers(held, permission))
          .forEach(permission -> grants.merge(permission, held.scope(), Scope::or));
    }
    return grants;
  }

  private static boolean confers(Held held, Permission permission) {
    if (held.scope().isEverything()) {
      return permission != Permission.UPSTREAM_REPORT || !held.roleId().equals(RoleDirectory.AGENT);
    }
    return !held.scope().isNothing() && isScopable(permission);
  }

  /// Whether the permission can be limited by labels.
  static boolean isScopable(Permission permission) {
    String name = permission.permissionName();
    return ABOUT_APPS.contains(name.substring(0, name.indexOf('.')));
  }
}
