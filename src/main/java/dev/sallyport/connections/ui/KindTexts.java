package dev.sallyport.connections.ui;

import dev.sallyport.connections.CredentialKind;

/// What the kinds of credentials are called and mean, in words for an admin.
final class KindTexts {
  private KindTexts() {}

  static String label(CredentialKind kind) {
    return switch (kind) {
      case ASSERTION -> "Sallyport's assertion";
      case NONE -> "Nothing";
      case STATIC -> "A fixed header";
      case FORWARD -> "The caller's own token";
      case CLIENT_CREDENTIALS -> "A token for the app itself";
      case EXCHANGE -> "An exchanged token for the caller";
      case CONNECTION -> "The caller's own account at the app";
    };
  }

  static String meaning(CredentialKind kind) {
    return switch (kind) {
      case ASSERTION ->
          "A short-lived JWT that says who calls. The app verifies it with the keys of this gateway.";
      case NONE -> "The app does not learn who calls.";
      case STATIC -> "Each call carries one header with a value that only this gateway knows.";
      case FORWARD ->
          "The app gets the token that the caller sent, and could use it elsewhere. Only for apps"
              + " that you trust with it, and never over plain http.";
      case CLIENT_CREDENTIALS ->
          "This gateway fetches a token as a client of its own (OAuth client credentials). All"
              + " callers look alike to the app.";
      case EXCHANGE ->
          "This gateway trades the caller's token for one that is meant for the app (RFC 8693), as"
              + " Keycloak or Dex do.";
      case CONNECTION ->
          "Each person signs in once at the app's authorization server, in their browser. Sallyport"
              + " keeps their tokens, renews them, and sends them along with their calls.";
    };
  }
}
