package dev.sallyport.connections.tls;

import javax.net.ssl.SSLContext;

/// With what TLS an app is called.
public sealed interface TlsChoice {
  /// The server's own trust, and no client certificate.
  record Standard() implements TlsChoice {}

  /// The app's.
  record Own(SSLContext context) implements TlsChoice {}

  /// The app's, which can't be used: it is not called at all.
  record Broken() implements TlsChoice {}
}
