package dev.sallyport.connections.clients;

import dev.sallyport.persistence.Revised;
import java.time.Instant;

/// A client at an authorization server, without its secret.
///
/// @param kind `pre_registered` or `registered`
/// @param authentication `basic`, `post` or `none`
/// @param redirectUri what it must be registered with at the server
public record ClientDetails(
    String id,
    String issuer,
    String kind,
    String clientId,
    String authentication,
    boolean hasSecret,
    String redirectUri,
    long revision,
    Instant createdAt,
    Instant updatedAt)
    implements Revised {}
