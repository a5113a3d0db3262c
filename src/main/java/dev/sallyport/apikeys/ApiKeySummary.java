package dev.sallyport.apikeys;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What may be seen of a key: never the key, only its first characters.
///
/// @param role its own role, within `scope`; null after that was revoked
/// @param roles all that it has, with those that were assigned beside
/// @param owner the id of the person who caps it and takes it along when deactivated
/// @param state `live`, `rotating` (an old value still works, until `overlapUntil`) or `expired`
public record ApiKeySummary(
    String id,
    String name,
    String hint,
    String kind,
    @Nullable String role,
    @Nullable Map<String, List<String>> scope,
    List<String> roles,
    @Nullable String owner,
    String state,
    @Nullable Instant overlapUntil,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt) {
  public static final String EXPIRED = "expired";
}
