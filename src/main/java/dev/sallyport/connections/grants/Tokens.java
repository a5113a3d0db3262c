package dev.sallyport.connections.grants;

import dev.sallyport.crypto.Secret;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a token endpoint gave (RFC 6749 section 5.1).
///
/// @param lifetime null when the answer does not say how long the access token lasts
/// @param scopes null when the answer names none: they are the ones that were asked for
public record Tokens(
    Secret accessToken,
    @Nullable Secret refreshToken,
    @Nullable Secret idToken,
    @Nullable Duration lifetime,
    @Nullable Set<String> scopes) {}
