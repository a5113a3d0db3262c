package dev.sallyport.logout;

import org.jspecify.annotations.Nullable;

/// A verified logout token: who signed out at whom. It names a subject, a `sid`, or both.
record LogoutToken(
    LogoutParty party, String issuer, @Nullable String subject, @Nullable String sid, String jti) {}
