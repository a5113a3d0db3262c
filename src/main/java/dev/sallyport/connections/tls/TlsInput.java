package dev.sallyport.connections.tls;

import org.jspecify.annotations.Nullable;

/// An app's own TLS as an admin wrote it, all in PEM.
///
/// @param certificate the client certificate, then what leads to its root; absent: none
/// @param privateKey its key in PKCS #8, a secret; left out, the stored one stays
/// @param authorities authorities that count besides the system's
public record TlsInput(
    @Nullable String certificate, @Nullable String privateKey, @Nullable String authorities) {

  @Override
  public String toString() {
    return "TlsInput";
  }
}
