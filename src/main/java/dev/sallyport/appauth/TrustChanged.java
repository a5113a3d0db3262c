package dev.sallyport.appauth;

/// Fired when the node has a new snapshot.
///
/// @param voidsDecisions whether what was decided about tokens before may be wrong now; else only
///     where calls go, what they take along, or over which TLS, may differ
public record TrustChanged(TrustSnapshot snapshot, boolean voidsDecisions) {
  static TrustChanged between(TrustSnapshot before, TrustSnapshot now) {
    boolean isSame =
        before.apps().size() == now.apps().size()
            && now.apps().entrySet().stream()
                .allMatch(app -> app.getValue().decidesAs(before.app(app.getKey())));
    return new TrustChanged(now, !isSame);
  }
}
