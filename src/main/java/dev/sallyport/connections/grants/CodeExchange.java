package dev.sallyport.connections.grants;

import dev.sallyport.crypto.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// An authorization code and what it was asked for with.
///
/// @param verifier of PKCE (RFC 7636)
/// @param resource what the token shall be for (RFC 8707)
public record CodeExchange(
    Secret code, Secret verifier, URI redirectUri, @Nullable String resource) {}
