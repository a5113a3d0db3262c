package dev.sallyport.issuers;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An issuer as it is asked for. Exactly one of `jwksUrl` and `staticJwks`. `authorizationServer`
/// says whether MCP clients are told to sign in there; true unless said otherwise.
public record IssuerInput(
    @Nullable String issuer,
    @Nullable String jwksUrl,
    @Nullable Map<String, Object> staticJwks,
    @Nullable String subjectClaim,
    @Nullable Boolean authorizationServer) {}
