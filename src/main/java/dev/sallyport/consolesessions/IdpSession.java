package dev.sallyport.consolesessions;

import dev.sallyport.crypto.Secret;
import org.jspecify.annotations.Nullable;

/// What an identity provider said of a sign-in, so that it can end what came of it.
///
/// @param providerId which of our providers it was
/// @param sid the identity provider's own session, where it has a name
/// @param idToken kept for the identity provider alone, as a hint of whom to sign out there
/// @param claims what was said of the person, as JSON; apps on hosts of their own are entered by it
public record IdpSession(
    String providerId,
    String issuer,
    String subject,
    @Nullable String sid,
    @Nullable Secret idToken,
    @Nullable Secret claims) {}
