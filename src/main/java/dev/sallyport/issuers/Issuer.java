package dev.sallyport.issuers;

import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who signs tokens: an opaque `iss` and where its public keys come from.
@Entity
@Table(name = "issuer")
class Issuer {
  @Id String id;
  @Column String iss;

  @Column(name = "jwks_url")
  @Nullable String jwksUrl;

  @Column(name = "static_jwks")
  @Nullable String staticJwks;

  @Column(name = "subject_claim")
  String subjectClaim;

  @Column(name = "is_authorization_server")
  boolean authorizationServer;

  @Version long revision;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  protected Issuer() {}

  Issuer(IssuerInput checked, Instant now) {
    this.id = RandomTokens.id("iss_");
    this.createdAt = now;
    this.iss = Objects.requireNonNull(checked.issuer());
    apply(checked, now);
  }

  /// Takes over everything but the `iss`, which names the issuer for good.
  final void apply(IssuerInput checked, Instant now) {
    this.jwksUrl = checked.jwksUrl();
    this.staticJwks = checked.staticJwks() == null ? null : Json.write(checked.staticJwks());
    this.subjectClaim = Objects.requireNonNullElse(checked.subjectClaim(), "sub");
    this.authorizationServer = Objects.requireNonNullElse(checked.authorizationServer(), true);
    this.updatedAt = now;
  }

  /// Whether the input names no keys, or the very ones that are known.
  boolean hasKeysOf(IssuerInput input) {
    if (input.jwksUrl() == null && input.staticJwks() == null) {
      return true;
    }
    String given = input.staticJwks() == null ? null : Json.write(input.staticJwks());
    return Objects.equals(jwksUrl, input.jwksUrl()) && Objects.equals(staticJwks, given);
  }

  /// Whether the input names no subject claim, or the very one that is known.
  boolean hasSubjectOf(IssuerInput input) {
    return input.subjectClaim() == null || input.subjectClaim().equals(subjectClaim);
  }

  IssuerDetails details() {
    return new IssuerDetails(
        id,
        iss,
        jwksUrl,
        staticJwks,
        subjectClaim,
        authorizationServer,
        revision,
        createdAt,
        updatedAt);
  }
}
