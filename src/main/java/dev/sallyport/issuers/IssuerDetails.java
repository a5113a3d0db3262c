package dev.sallyport.issuers;

import dev.sallyport.persistence.Revised;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One issuer. `staticJwks` is the key set as text.
public record IssuerDetails(
    String id,
    String issuer,
    @Nullable String jwksUrl,
    @Nullable String staticJwks,
    String subjectClaim,
    boolean authorizationServer,
    long revision,
    Instant createdAt,
    Instant updatedAt)
    implements Revised {}
