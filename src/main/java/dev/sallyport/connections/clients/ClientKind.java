package dev.sallyport.connections.clients;

import java.util.Locale;

/// How this gateway came to be a client of an authorization server.
public enum ClientKind {
  /// An admin registered it there and wrote it down here.
  PRE_REGISTERED,
  /// Its id is the URL of its description (client id metadata document).
  METADATA_DOCUMENT,
  /// It registered itself (RFC 7591).
  REGISTERED;

  /// The form that is stored and shown, such as `pre_registered`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
