package dev.sallyport.appauth;

/// Fired when the node has a new snapshot.
public record TrustChanged(TrustSnapshot snapshot) {}
