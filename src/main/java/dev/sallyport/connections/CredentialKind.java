package dev.sallyport.connections;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an app's upstreams get with each call.
public enum CredentialKind {
  /// A short-lived token that Sallyport signs; says who calls.
  ASSERTION,
  /// Nothing at all.
  NONE,
  /// One header with a configured value.
  STATIC,
  /// The caller's own token, unchanged; the exception that an admin must want.
  FORWARD,
  /// A token that stands for the app itself (RFC 6749 section 4.4).
  CLIENT_CREDENTIALS,
  /// A token that stands for the caller, for the caller's (RFC 8693).
  EXCHANGE,
  /// The token of the caller's own account at the app's authorization server, where they signed in.
  CONNECTION;

  /// The form that is stored and shown, such as `client_credentials`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<CredentialKind> ofCode(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }

  static List<String> codes() {
    return Arrays.stream(values()).map(CredentialKind::code).toList();
  }

  /// Whether it is the caller's own token, or one that this is traded for.
  public boolean isMadeOfTheCallers() {
    return this == FORWARD || this == EXCHANGE;
  }

  /// Whether a token endpoint gives it, which may have another one.
  public boolean asksTokenEndpoint() {
    return this == CLIENT_CREDENTIALS || this == EXCHANGE;
  }

  /// Whether it gives the upstream something that would open doors elsewhere.
  public boolean isPortable() {
    return this != ASSERTION && this != NONE;
  }
}
