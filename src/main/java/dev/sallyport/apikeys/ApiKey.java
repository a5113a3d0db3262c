package dev.sallyport.apikeys;

import dev.sallyport.authz.ActorKind;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.TokenHash;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key that a machine or an admin calls REST with. The key itself is shown once, at its making.
@Entity
@Table(name = "api_key")
class ApiKey {
  @Id String id;
  @Column String name;
  @Column byte[] hash;
  @Column String hint;
  @Column String kind;

  @Column(name = "role_id")
  String roleId;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "created_by")
  String createdBy;

  @Column(name = "expires_at")
  @Nullable Instant expiresAt;

  @Column(name = "last_used_at")
  @Nullable Instant lastUsedAt;

  protected ApiKey() {}

  ApiKey(NewKey made, TokenHash hash, String hint, Instant now, String createdBy) {
    this.id = RandomTokens.id("key_");
    this.name = made.name();
    this.hash = hash.bytes();
    this.hint = hint;
    this.kind = made.kind().code();
    this.roleId = made.role();
    this.createdAt = now;
    this.createdBy = createdBy;
    this.expiresAt = made.expiresAt();
  }

  boolean isLive(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }

  ActorKind actorKind() {
    return ActorKind.ofCode(kind);
  }

  ApiKeySummary summary() {
    return new ApiKeySummary(
        id, name, hint, kind, roleId, createdAt, createdBy, expiresAt, lastUsedAt);
  }
}
