package dev.sallyport.apikeys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What may be seen of a key: never the key, only its first characters.
public record ApiKeySummary(
    String id,
    String name,
    String hint,
    String kind,
    String role,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt) {}
