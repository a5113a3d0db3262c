package dev.sallyport.appsessions;

/// A person was blocked at every app and with every client until somebody lifts the block; fired
/// within the transaction that does it.
public record PersonBlocked(String issuer, String subject) {}
