package dev.sallyport.jose;

import java.net.URI;

/// Where an issuer's keys come from; an issuer has exactly one source.
public sealed interface KeySource {
  /// Keys written down at the issuer.
  record Static(KeySet keys) implements KeySource {}

  /// A JWKS URL.
  record Url(URI url) implements KeySource {}
}
