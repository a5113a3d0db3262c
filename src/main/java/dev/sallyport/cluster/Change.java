package dev.sallyport.cluster;

/// Something that every node must hear of. Applied at least once, in no particular order; observers
/// are idempotent.
public record Change(Kind kind, String ref) {

  /// What changed. `ref` is the id of it.
  public enum Kind {
    SESSION_ENDED,
    CONSOLE_SESSION_ENDED,
    SIGNING_KEYS,
    APP,
    ISSUER,
    CONFIG,
    PROVIDER,
    EXCHANGE_CACHE,
    CONNECTION
  }
}
