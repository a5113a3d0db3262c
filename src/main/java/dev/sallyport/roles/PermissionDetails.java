package dev.sallyport.roles;

import dev.sallyport.authz.Permission;

/// One permission of the catalogue. A scopable one can be limited to apps with certain labels; an
/// assignment with a scope does not confer the others. Nothing asks for a reserved one.
public record PermissionDetails(
    String name, String description, boolean scopable, boolean reserved) {

  static PermissionDetails of(Permission permission) {
    return new PermissionDetails(
        permission.permissionName(),
        meaning(permission),
        Grants.isScopable(permission),
        permission.isReserved());
  }

  private static String meaning(Permission permission) {
    return switch (permission) {
      case APP_READ -> "See apps and their upstreams.";
      case APP_EDIT -> "Register and change apps.";
      case APP_DELETE -> "Delete apps.";
      case APP_AUTH_CONFIG_READ -> "See whose tokens may enter which apps.";
      case APP_AUTH_CONFIG_EDIT -> "Decide whose tokens may enter which apps.";
      case APP_AUTH_CONFIG_DELETE -> "Delete trust in an issuer's tokens.";
      case APP_AUTH_CONFIG_TEST -> "Try tokens and see every check.";
      case ISSUER_READ -> "See issuers and their keys.";
      case ISSUER_EDIT -> "Create issuers and change where their keys come from.";
      case APP_SESSION_CREATE -> "Open app sessions over REST.";
      case APP_SESSION_LOOKUP -> "Look up app sessions by token and follow their ends.";
      case APP_SESSION_READ -> "See app sessions, refused calls and blocks.";
      case APP_SESSION_REVOKE -> "End app sessions, block people and lift blocks.";
      case APP_SESSION_REVOKE_MANY -> "End many app sessions at once.";
      case UPSTREAM_REPORT -> "Report upstreams of apps, for the time of a lease.";
      case CONNECTION_READ -> "See connected accounts.";
      case CONNECTION_EDIT -> "Change how apps connect accounts.";
      case CONNECTION_REVOKE -> "Disconnect accounts of others.";
      case AUDIT_READ -> "Read and verify the audit.";
      case AUDIT_EXPORT -> "Export the audit.";
      case AUTH_ROLE_LIST -> "See roles and who has them.";
      case AUTH_ROLE_CREATE -> "Create roles.";
      case AUTH_ROLE_EDIT -> "Change roles.";
      case AUTH_ROLE_DELETE -> "Delete roles.";
      case AUTH_ROLE_ASSIGN -> "Give roles.";
      case AUTH_ROLE_REVOKE -> "Revoke roles.";
      case AUTH_KEY_LIST -> "See API keys and rules for workloads.";
      case AUTH_KEY_CREATE -> "Create API keys and rules for workloads.";
      case AUTH_KEY_ROTATE -> "Rotate and narrow API keys.";
      case AUTH_KEY_DELETE -> "Revoke API keys and rules for workloads.";
      case AUTH_BOOTSTRAP_USE ->
          "For the first administrator; bootstrap takes its one-time token instead.";
      case AUTH_SESSION_LIST -> "For one's own console sessions, which need none.";
      case AUTH_SESSION_LIST_ALL -> "See the console sessions of everybody.";
      case AUTH_SESSION_REVOKE -> "End console sessions of others.";
      case AUTH_OIDC_LIST -> "See sign-in providers and group mappings.";
      case AUTH_OIDC_CREATE -> "Create sign-in providers.";
      case AUTH_OIDC_EDIT -> "Change sign-in providers and group mappings.";
      case AUTH_OIDC_DELETE -> "Delete sign-in providers.";
      case AUTH_USER_READ -> "See users.";
      case AUTH_USER_DEACTIVATE -> "Deactivate and reactivate users.";
      case AUTH_SIGNING_KEY_LIST -> "See the server's signing keys.";
      case AUTH_SIGNING_KEY_ROTATE -> "Rotate the server's signing keys.";
      case FREEZE_READ -> "For seeing what is frozen; nothing can be frozen yet.";
      case FREEZE_EDIT -> "For freezing apps; nothing can be frozen yet.";
      case SYSTEM_READ -> "See the state of the system.";
      case SYSTEM_IMPORT -> "For importing configuration; nothing can be imported yet.";
    };
  }
}
