package dev.sallyport.audit;

import java.util.Locale;

/// What a reader of the audit filters by first.
public enum AuditCategory {
  AUTH,
  CONFIG,
  ACCESS,
  DATA;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
