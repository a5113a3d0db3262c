package dev.sallyport.audit;

import static dev.sallyport.audit.AuditCategory.ACCESS;
import static dev.sallyport.audit.AuditCategory.AUTH;
import static dev.sallyport.audit.AuditCategory.CONFIG;
import static dev.sallyport.audit.AuditCategory.DATA;

/// Every event that the audit knows. The code is public API and never changed.
public enum AuditEventName {
  APP_CREATED("app.created", CONFIG),
  APP_CHANGED("app.changed", CONFIG),
  APP_DELETED("app.deleted", CONFIG),
  UPSTREAM_REPORTED("app.upstream_reported", CONFIG),
  UPSTREAM_WITHDRAWN("app.upstream_withdrawn", CONFIG),
  UPSTREAM_LEASE_EXPIRED("app.upstream_lease_expired", CONFIG),
  UPSTREAM_CREDENTIAL_CHANGED("app.upstream_credential_changed", CONFIG),
  CONNECTION_REFUSED("connection.refused", ACCESS),
  APP_TLS_CHANGED("app.tls_changed", CONFIG),
  EXCHANGE_CACHE_CLEARED("connection.exchange_cache_cleared", ACCESS),
  OAUTH_CLIENT_CREATED("connection.client_created", CONFIG),
  OAUTH_CLIENT_CHANGED("connection.client_changed", CONFIG),
  OAUTH_CLIENT_DELETED("connection.client_deleted", CONFIG),
  OAUTH_CLIENT_REGISTERED("connection.client_registered", CONFIG),
  OAUTH_CLIENT_FORGOTTEN("connection.client_forgotten", CONFIG),
  CONNECTION_MADE("connection.made", ACCESS),
  CONNECTION_REFRESHED("connection.refreshed", ACCESS),
  CONNECTION_ENDED("connection.ended", ACCESS),
  CONNECTIONS_ENDED("connection.ended_many", ACCESS),
  CONNECTION_CONSENTED("connection.consented", ACCESS),
  CONNECTION_CONSENT_WITHDRAWN("connection.consent_withdrawn", ACCESS),
  ISSUER_CREATED("issuer.created", CONFIG),
  ISSUER_CHANGED("issuer.changed", CONFIG),
  ISSUER_DELETED("issuer.deleted", CONFIG),
  ISSUER_KEYS_REFRESHED("issuer.keys_refreshed", CONFIG),
  CONFIG_CREATED("app_auth_config.created", CONFIG),
  CONFIG_CHANGED("app_auth_config.changed", CONFIG),
  CONFIG_DELETED("app_auth_config.deleted", CONFIG),
  CONFIG_TESTED("app_auth_config.tested", ACCESS),
  SESSION_OPENED("app_session.opened", ACCESS),
  SESSION_JOINED("app_session.joined", ACCESS),
  SESSION_REFUSED("app_session.refused", ACCESS),
  SESSION_ENDED("app_session.ended", ACCESS),
  SESSIONS_ENDED("app_session.ended_many", ACCESS),
  SESSION_HISTORY_DROPPED("app_session.history_dropped", DATA),
  BLOCK_CREATED("block.created", ACCESS),
  BLOCK_LIFTED("block.lifted", ACCESS),
  PERMISSION_DENIED("permission.denied", AUTH),
  CREDENTIAL_REFUSED("credential.refused", AUTH),
  BOOTSTRAP_DONE("bootstrap.done", AUTH),
  BOOTSTRAP_REFUSED("bootstrap.refused", AUTH),
  RECOVERY_USED("recovery.used", AUTH),
  KEY_CREATED("api_key.created", AUTH),
  KEY_ROTATED("api_key.rotated", AUTH),
  KEY_NARROWED("api_key.narrowed", AUTH),
  KEY_DELETED("api_key.deleted", AUTH),
  TOKEN_ISSUED("api_token.issued", AUTH),
  WORKLOAD_RULE_CREATED("workload_rule.created", AUTH),
  WORKLOAD_RULE_CHANGED("workload_rule.changed", AUTH),
  WORKLOAD_RULE_DELETED("workload_rule.deleted", AUTH),
  ROLE_CREATED("role.created", AUTH),
  ROLE_CHANGED("role.changed", AUTH),
  ROLE_DELETED("role.deleted", AUTH),
  ASSIGNMENT_CREATED("assignment.created", AUTH),
  ASSIGNMENT_REVOKED("assignment.revoked", AUTH),
  ASSIGNMENT_EXPIRED("assignment.expired", AUTH),
  ROLES_MAPPED("assignment.mapped", AUTH),
  SIGNED_IN("console_session.started", AUTH),
  SIGN_IN_REFUSED("console_session.refused", AUTH),
  USER_CREATED("user.created", AUTH),
  USER_DEACTIVATED("user.deactivated", AUTH),
  USER_REACTIVATED("user.reactivated", AUTH),
  BACK_CHANNEL_LOGOUT("back_channel_logout.done", AUTH),
  BACK_CHANNEL_LOGOUT_REPEATED("back_channel_logout.repeated", AUTH),
  BACK_CHANNEL_LOGOUT_REFUSED("back_channel_logout.refused", AUTH),
  SIGNED_OUT("console_session.ended", AUTH),
  CONSOLE_SESSIONS_ENDED("console_session.ended_many", AUTH),
  SIGNING_KEY_CREATED("signing_key.created", AUTH),
  SIGNING_KEY_ROTATED("signing_key.rotated", AUTH),
  SIGNING_KEY_FORGOTTEN("signing_key.forgotten", AUTH),
  SECRETS_REENCRYPTED("master_key.secrets_reencrypted", AUTH),
  OIDC_PROVIDER_CREATED("auth.oidc_provider_created", AUTH),
  OIDC_PROVIDER_CHANGED("auth.oidc_provider_changed", AUTH),
  OIDC_PROVIDER_DELETED("auth.oidc_provider_deleted", AUTH),
  OIDC_PROVIDER_REFRESHED("auth.oidc_provider_refreshed", AUTH),
  OIDC_PROVIDER_TESTED("auth.oidc_provider_tested", AUTH),
  GROUP_MAPPING_ADDED("auth.group_mapping_added", AUTH),
  GROUP_MAPPING_REMOVED("auth.group_mapping_removed", AUTH),
  OIDC_SIGN_IN_SUCCEEDED("auth.oidc_login_succeeded", AUTH),
  OIDC_SIGN_IN_FAILED("auth.oidc_login_failed", AUTH),
  OIDC_SIGN_IN_UNMAPPED("auth.oidc_login_unmapped_groups", AUTH),
  OIDC_FIRST_ADMIN("bootstrap.oidc_first_admin", AUTH),
  AUDIT_EXPORTED("audit.exported", DATA),
  AUDIT_FILTER_SAVED("audit.filter_saved", DATA),
  AUDIT_FILTER_DELETED("audit.filter_deleted", DATA),
  AUDIT_RETIRED("audit.retired", DATA),
  AUDIT_CHAIN_BROKEN("audit.chain_broken", DATA),
  AUDIT_DROPPED("audit.dropped", AUTH);

  private final String code;
  private final AuditCategory category;

  AuditEventName(String code, AuditCategory category) {
    this.code = code;
    this.category = category;
  }

  public String code() {
    return code;
  }

  public AuditCategory category() {
    return category;
  }
}
