package dev.sallyport.keyring;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What may be seen of a signing key: never the key.
///
/// @param state `next`, `active` or `retired`
/// @param verifiesUntil when it is forgotten; null while nothing replaces it
public record SigningKeyDetails(
    String id,
    String purpose,
    String state,
    Instant createdAt,
    Instant activeFrom,
    @Nullable Instant retiredAt,
    @Nullable Instant verifiesUntil) {}
