package dev.sallyport.consolesessions;

import dev.sallyport.crypto.Secret;
import java.time.Instant;

/// What the browser of a new session gets.
public record StartedSession(Secret cookie, Secret csrf, Instant expiresAt) {}
