package dev.sallyport.appsessions;

import java.util.Locale;

/// Why a session ended, and why a block stands.
public enum EndReason {
  REVOKED,
  EXPIRED,
  IDLE,
  APP_DELETED,
  /// The person signed out at the identity provider, or was signed out there.
  LOGGED_OUT,
  /// The person signed out here, in the browser that opened the session.
  SIGNED_OUT,
  /// The person was deactivated here.
  DEACTIVATED,
  /// Somebody wrote a block that the session falls under.
  BLOCKED;

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
