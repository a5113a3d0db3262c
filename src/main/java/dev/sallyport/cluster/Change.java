package dev.sallyport.cluster;

/// Something that every node must hear of. Applied at least once, in no particular order; observers
/// are idempotent. `ref` is the id of what changed, or [#ALL].
public record Change(Kind kind, String ref) {
  /// In place of very many ids.
  public static final String ALL = "*";

  /// What changed.
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
