package dev.sallyport.users;

/// A user was deactivated; fired within the transaction that does it. Whatever else belongs to the
/// person ends with it.
public record UserDeactivated(String userId, String issuer, String subject) {}
