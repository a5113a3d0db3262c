package dev.sallyport.authz;

import java.util.Locale;

/// What kind of actor acts.
public enum ActorKind {
  ANONYMOUS,
  USER,
  API_KEY,
  PROXY,
  WORKLOAD,
  SYSTEM;

  /// The form that is stored and shown, such as `api-key`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static ActorKind ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
