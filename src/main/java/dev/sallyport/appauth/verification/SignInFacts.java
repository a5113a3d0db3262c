package dev.sallyport.appauth.verification;

import dev.sallyport.crypto.TokenHash;
import dev.sallyport.jose.Claims;
import java.time.Instant;

/// A sign-in in the browser, in place of an access token. The provider's sign-in has verified what
/// `claims` say; `hash` is of the cookie that stands for it at one app, `until` its latest end.
public record SignInFacts(TokenHash hash, Claims claims, Instant until) {}
