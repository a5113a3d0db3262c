package dev.sallyport.connections.grants;

import dev.sallyport.crypto.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A grant as it stands, with its tokens in memory.
///
/// @param oauthClient the id of the client of ours that the tokens belong to
/// @param accessToken null once the grant has ended and was revoked at its server
/// @param refreshedAt when the tokens came
/// @param sentAt when a refresh was sent whose answer never came
/// @param failures refreshes in a row that came to nothing
record StoredGrant(
    String id,
    GrantKey key,
    String oauthClient,
    String username,
    Set<String> scopes,
    @Nullable Secret accessToken,
    @Nullable Secret refreshToken,
    Instant refreshedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant sentAt,
    int failures,
    @Nullable Instant nextAttemptAt,
    @Nullable String lastError,
    long revision,
    @Nullable String endedReason) {
  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Duration MARGIN = Duration.ofSeconds(30);
  // For tokens that never say that they end: how long they are sent without another look.
  private static final Duration UNSAID = Duration.ofHours(1);

  boolean isEnded() {
    return endedReason != null;
  }

  /// Whether calls can still be made with the access token.
  boolean isUsable(Instant now) {
    return accessToken != null && now.isBefore(usableUntil(now));
  }

  private Instant usableUntil(Instant now) {
    return expiresAt == null
        ? now.plus(UNSAID)
        : expiresAt.minus(shorter(MARGIN, lifetime(expiresAt).dividedBy(4)));
  }

  /// Whether it is time for a new token: ahead of the end, and for short-lived ones at half time.
  boolean isDue(Instant now) {
    return refreshToken != null
        && expiresAt != null
        && !now.isBefore(expiresAt.minus(shorter(AHEAD, lifetime(expiresAt).dividedBy(2))));
  }

  /// Whether a refresh may be tried, or one that failed was too short ago.
  boolean mayTry(Instant now) {
    return nextAttemptAt == null || !now.isBefore(nextAttemptAt);
  }

  private Duration lifetime(Instant end) {
    return Duration.between(refreshedAt, end);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// What a call gets without asking anybody.
  GrantToken token(Instant now) {
    if (endedReason != null) {
      return new GrantToken.Ended(endedReason);
    }
    if (isUsable(now)) {
      return new GrantToken.Good(id, Objects.requireNonNull(accessToken), usableUntil(now), scopes);
    }
    return refreshToken == null
        ? new GrantToken.Ended(GrantEnd.EXPIRED.code())
        : new GrantToken.Unavailable(
            Objects.requireNonNullElse(lastError, "The connection is being refreshed."));
  }
}
