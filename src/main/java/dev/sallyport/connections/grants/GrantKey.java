package dev.sallyport.connections.grants;

import org.jspecify.annotations.Nullable;

/// What a live grant is unique by.
///
/// @param server the issuer of the authorization server
/// @param clientId our client id there
/// @param resource what the tokens are for (RFC 8707)
/// @param sessionId the one app session that may use it; null when all of the person's may
public record GrantKey(
    Person person, String server, String clientId, String resource, @Nullable String sessionId) {}
