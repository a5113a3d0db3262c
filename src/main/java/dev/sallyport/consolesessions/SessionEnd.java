package dev.sallyport.consolesessions;

import java.util.Locale;

/// Why a session is over before its time.
enum SessionEnd {
  SIGNED_OUT,
  /// The same browser signed in anew.
  REPLACED,
  /// Somebody ended it from a list: its owner, or an admin.
  ENDED,
  /// The identity provider said that the person signed out there.
  IDP_LOGOUT,
  /// Whoever signed in was deactivated or deleted.
  ACTOR_GONE,
  PROVIDER_GONE;

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
