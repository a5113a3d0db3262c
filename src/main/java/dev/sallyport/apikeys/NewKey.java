package dev.sallyport.apikeys;

import dev.sallyport.authz.ActorKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is asked of a key to be made. Without a scope it may act for all apps.
public record NewKey(
    String name,
    String role,
    @Nullable Map<String, List<String>> scope,
    ActorKind kind,
    @Nullable Instant expiresAt) {}
