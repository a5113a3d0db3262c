package dev.sallyport.appauth;

/// Fired when the node has a new snapshot.
///
/// @param voidsDecisions whether what was decided about tokens before may be wrong now; else only
///     what calls take along, or over which TLS, may differ
public record TrustChanged(TrustSnapshot snapshot, boolean voidsDecisions) {
  static TrustChanged between(TrustSnapshot before, TrustSnapshot now) {
    // An app that decides the same is the same instance.
    return new TrustChanged(now, !before.apps().equals(now.apps()));
  }
}
