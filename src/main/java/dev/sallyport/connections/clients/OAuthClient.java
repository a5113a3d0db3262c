package dev.sallyport.connections.clients;

import dev.sallyport.crypto.Secret;
import org.jspecify.annotations.Nullable;

/// This gateway as a client of one authorization server.
///
/// @param id our own name for it; `clientId` is the server's
/// @param authMethod how it proves itself at the token endpoint: `basic`, `post` or `none`
/// @param redirectUri where people come back to
public record OAuthClient(
    String id,
    String issuer,
    ClientKind kind,
    String clientId,
    @Nullable Secret secret,
    String authMethod,
    String redirectUri) {}
