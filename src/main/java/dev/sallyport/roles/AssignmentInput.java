package dev.sallyport.roles;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is to get which role: everywhere, or for the apps whose labels fit; for good, or until a
/// time. `actorKind` is user, api-key, proxy or workload.
public record AssignmentInput(
    @Nullable String actorKind,
    @Nullable String actorId,
    @Nullable String role,
    @Nullable Map<String, List<String>> scope,
    @Nullable Instant expiresAt) {}
