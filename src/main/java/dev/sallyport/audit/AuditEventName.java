package dev.sallyport.audit;

import static dev.sallyport.audit.AuditCategory.ACCESS;
import static dev.sallyport.audit.AuditCategory.AUTH;
import static dev.sallyport.audit.AuditCategory.CONFIG;

/// Every event that the audit knows. The code is public API and never changed.
public enum AuditEventName {
  APP_CREATED("app.created", CONFIG),
  APP_CHANGED("app.changed", CONFIG),
  APP_DELETED("app.deleted", CONFIG),
  ISSUER_CREATED("issuer.created", CONFIG),
  ISSUER_CHANGED("issuer.changed", CONFIG),
  ISSUER_DELETED("issuer.deleted", CONFIG),
  ISSUER_KEYS_REFRESHED("issuer.keys_refreshed", CONFIG),
  CONFIG_CREATED("app_auth_config.created", CONFIG),
  CONFIG_CHANGED("app_auth_config.changed", CONFIG),
  CONFIG_DELETED("app_auth_config.deleted", CONFIG),
  CONFIG_TESTED("app_auth_config.tested", ACCESS),
  SESSION_OPENED("app_session.opened", ACCESS),
  SESSION_REFUSED("app_session.refused", ACCESS),
  SESSION_ENDED("app_session.ended", ACCESS),
  SESSIONS_ENDED("app_session.ended_many", ACCESS),
  PERMISSION_DENIED("permission.denied", AUTH),
  BOOTSTRAP_DONE("bootstrap.done", AUTH),
  BOOTSTRAP_REFUSED("bootstrap.refused", AUTH),
  RECOVERY_USED("recovery.used", AUTH),
  KEY_CREATED("api_key.created", AUTH),
  KEY_DELETED("api_key.deleted", AUTH),
  SIGNED_IN("console_session.started", AUTH),
  SIGN_IN_REFUSED("console_session.refused", AUTH),
  SIGNED_OUT("console_session.ended", AUTH),
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
