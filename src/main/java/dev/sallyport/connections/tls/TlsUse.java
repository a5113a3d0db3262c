package dev.sallyport.connections.tls;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Towards whom an app's own TLS counts.
public enum TlsUse {
  UPSTREAM,
  TOKEN_ENDPOINT;

  /// The form that is stored and shown, such as `token-endpoint`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<TlsUse> ofCode(String code) {
    return Arrays.stream(values()).filter(use -> use.code().equals(code)).findFirst();
  }
}
