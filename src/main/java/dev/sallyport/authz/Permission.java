package dev.sallyport.authz;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Everything that can be permitted. The names stand in roles, problems and the audit and are never
/// changed; the database knows the same ones.
public enum Permission {
  APP_READ("app.read"),
  APP_EDIT("app.edit"),
  APP_DELETE("app.delete"),
  APP_AUTH_CONFIG_READ("app_auth_config.read"),
  APP_AUTH_CONFIG_EDIT("app_auth_config.edit"),
  APP_AUTH_CONFIG_DELETE("app_auth_config.delete"),
  APP_AUTH_CONFIG_TEST("app_auth_config.test"),
  ISSUER_READ("issuer.read"),
  ISSUER_EDIT("issuer.edit"),
  APP_SESSION_CREATE("app_session.create"),
  APP_SESSION_LOOKUP("app_session.lookup"),
  APP_SESSION_READ("app_session.read"),
  APP_SESSION_REVOKE("app_session.revoke"),
  APP_SESSION_REVOKE_MANY("app_session.revoke_many"),
  UPSTREAM_REPORT("upstream.report"),
  CONNECTION_READ("connection.read"),
  CONNECTION_EDIT("connection.edit"),
  CONNECTION_REVOKE("connection.revoke"),
  AUDIT_READ("audit.read"),
  AUDIT_EXPORT("audit.export"),
  AUTH_ROLE_LIST("auth.role.list"),
  AUTH_ROLE_CREATE("auth.role.create"),
  AUTH_ROLE_EDIT("auth.role.edit"),
  AUTH_ROLE_DELETE("auth.role.delete"),
  AUTH_ROLE_ASSIGN("auth.role.assign"),
  AUTH_ROLE_REVOKE("auth.role.revoke"),
  AUTH_KEY_LIST("auth.key.list"),
  AUTH_KEY_CREATE("auth.key.create"),
  AUTH_KEY_ROTATE("auth.key.rotate"),
  AUTH_KEY_DELETE("auth.key.delete"),
  AUTH_BOOTSTRAP_USE("auth.bootstrap.use"),
  AUTH_SESSION_LIST("auth.session.list"),
  AUTH_SESSION_LIST_ALL("auth.session.list.all"),
  AUTH_SESSION_REVOKE("auth.session.revoke"),
  AUTH_OIDC_LIST("auth.oidc.list"),
  AUTH_OIDC_CREATE("auth.oidc.create"),
  AUTH_OIDC_EDIT("auth.oidc.edit"),
  AUTH_OIDC_DELETE("auth.oidc.delete"),
  AUTH_USER_READ("auth.user.read"),
  AUTH_USER_DEACTIVATE("auth.user.deactivate"),
  AUTH_SIGNING_KEY_LIST("auth.signing_key.list"),
  AUTH_SIGNING_KEY_ROTATE("auth.signing_key.rotate"),
  FREEZE_READ("freeze.read"),
  FREEZE_EDIT("freeze.edit"),
  SYSTEM_READ("system.read"),
  SYSTEM_IMPORT("system.import");

  // Own sessions need no permission, bootstrap takes its token; the rest is not built.
  private static final Set<Permission> RESERVED =
      EnumSet.of(AUTH_BOOTSTRAP_USE, AUTH_SESSION_LIST, FREEZE_READ, FREEZE_EDIT, SYSTEM_IMPORT);

  private static final Map<String, Permission> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(p -> p.permissionName, Function.identity()));

  private final String permissionName;

  Permission(String permissionName) {
    this.permissionName = permissionName;
  }

  /// The name, such as `app_session.revoke`.
  public String permissionName() {
    return permissionName;
  }

  /// Whether roles may hold it already, but nothing asks for it.
  public boolean isReserved() {
    return RESERVED.contains(this);
  }

  public static Optional<Permission> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
