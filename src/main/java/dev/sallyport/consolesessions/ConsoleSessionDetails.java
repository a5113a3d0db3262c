package dev.sallyport.consolesessions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A signed-in browser.
///
/// @param provider the identity provider that it signed in through; null for a key or a link
/// @param idleUntil when it ends unless somebody uses it
/// @param current whether it carries this very call
public record ConsoleSessionDetails(
    String id,
    Owner actor,
    @Nullable Provider provider,
    String address,
    String userAgent,
    Instant startedAt,
    Instant lastSeenAt,
    Instant idleUntil,
    Instant expiresAt,
    boolean current) {

  /// Who is signed in.
  public record Owner(String kind, String id, String name) {}

  /// Which of the providers it was, and its issuer.
  public record Provider(String id, String issuer) {}
}
