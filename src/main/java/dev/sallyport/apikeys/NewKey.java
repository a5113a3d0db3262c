package dev.sallyport.apikeys;

import dev.sallyport.authz.ActorKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is asked of a key to be made.
public record NewKey(String name, String role, ActorKind kind, @Nullable Instant expiresAt) {}
