package dev.sallyport.users;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One user as it is listed: with the name of the provider, unless that is gone, the ids of the
/// roles held now, and who deactivated it.
public record UserSummary(
    String id,
    String issuer,
    String subject,
    String providerId,
    @Nullable String provider,
    @Nullable String email,
    String displayName,
    List<String> groups,
    List<String> roles,
    Instant createdAt,
    @Nullable Instant lastSignInAt,
    @Nullable Instant deactivatedAt,
    @Nullable String deactivatedBy) {}
