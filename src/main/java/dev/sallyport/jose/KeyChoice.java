package dev.sallyport.jose;

/// Which key of a set a token asks for.
public sealed interface KeyChoice {
  /// Exactly one key fits.
  record Found(VerificationKey key) implements KeyChoice {}

  /// No key fits, or more than one does.
  record NotFound(String reason) implements KeyChoice {}
}
