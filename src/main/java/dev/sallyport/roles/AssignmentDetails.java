package dev.sallyport.roles;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One live assignment. `source` says who keeps it: `manual`, `bootstrap`, `key` (the key's or
/// rule's own role) or `provider:` with the id of the sign-in provider whose mapping gave it.
/// Without a scope it holds everywhere, without an expiry for good. The actor's name is absent when
/// the actor can't sign in at this moment.
public record AssignmentDetails(
    String id,
    String actorKind,
    String actorId,
    @Nullable String actorName,
    String role,
    String roleName,
    @Nullable Map<String, List<String>> scope,
    String source,
    @Nullable Instant expiresAt,
    Instant createdAt,
    String createdBy) {

  /// Whether it is given and revoked by hand; others follow a mapping or belong to a key or rule.
  public boolean givenByHand() {
    return source.equals(AssignmentStore.MANUAL) || source.equals(AssignmentStore.BOOTSTRAP);
  }

  AssignmentDetails withActorName(@Nullable String name) {
    return new AssignmentDetails(
        id, actorKind, actorId, name, role, roleName, scope, source, expiresAt, createdAt,
        createdBy);
  }
}
