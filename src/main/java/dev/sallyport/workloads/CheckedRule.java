package dev.sallyport.workloads;

import dev.sallyport.authz.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rule that may be written.
record CheckedRule(
    String name,
    String issuerId,
    String audience,
    List<Condition> conditions,
    String role,
    Scope scope,
    boolean enabled,
    @Nullable Instant expiresAt) {}
