package dev.sallyport.apikeys;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to become of a key.
public sealed interface KeyChange {
  /// A new value. The old one goes on for `overlap`, a duration such as `PT24H`; absent, it ends at
  /// once. `expiresAt` moves the expiry; absent, it stays.
  record Rotation(@Nullable String overlap, @Nullable Instant expiresAt) implements KeyChange {}

  /// A weaker role, a narrower scope, or both; what is absent stays.
  record Narrowing(@Nullable String role, @Nullable Map<String, List<String>> scope)
      implements KeyChange {}
}
