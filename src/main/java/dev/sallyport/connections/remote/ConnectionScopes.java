package dev.sallyport.connections.remote;

/// What may be a scope.
public final class ConnectionScopes {
  private ConnectionScopes() {}

  /// RFC 6749 section 3.3, and no longer than any that means something.
  public static boolean isScope(String text) {
    return text.matches("[!#-\\[\\]-~]{1,256}");
  }
}
