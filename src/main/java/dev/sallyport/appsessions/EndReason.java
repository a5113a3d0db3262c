package dev.sallyport.appsessions;

import java.util.Locale;

/// Why a session ended.
public enum EndReason {
  REVOKED,
  EXPIRED,
  IDLE,
  APP_DELETED;

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
