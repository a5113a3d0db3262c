package dev.sallyport.testing.idp;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The authorization codes: each works once, within a minute.
final class Codes {
  private static final Duration LIFETIME = Duration.ofMinutes(1);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, Grant> open = new ConcurrentHashMap<>();
  private final Clock clock;

  /// What a code stands for.
  record Grant(AuthorizationRequest request, IdpSession session, Instant expiresAt) {}

  Codes(Clock clock) {
    this.clock = clock;
  }

  String issue(AuthorizationRequest request, IdpSession session) {
    Instant now = clock.instant();
    open.values().removeIf(grant -> grant.expiresAt().isBefore(now));
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    open.put(code, new Grant(request, session, now.plus(LIFETIME)));
    return code;
  }

  Optional<Grant> redeem(String code) {
    return Optional.ofNullable(open.remove(code))
        .filter(grant -> grant.expiresAt().isAfter(clock.instant()));
  }
}
