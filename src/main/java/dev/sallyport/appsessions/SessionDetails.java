package dev.sallyport.appsessions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One session as it is stored and shown. `calls` and `lastSeenAt` are written in batches.
public record SessionDetails(
    String id,
    String appId,
    String app,
    String configId,
    String config,
    String issuer,
    String subject,
    String username,
    @Nullable String client,
    @Nullable String sid,
    @Nullable String act,
    String address,
    @Nullable String openedBy,
    Instant startedAt,
    Instant absoluteEnd,
    long idleSeconds,
    Instant expiresAt,
    Instant lastSeenAt,
    long calls,
    int issuerLeadSeconds,
    @Nullable Instant endedAt,
    @Nullable String endedReason,
    @Nullable String endedBy) {

  SessionKey key() {
    return new SessionKey(appId, issuer, subject, client, sid, act);
  }

  boolean isOver(Instant now) {
    return !now.isBefore(overAt());
  }

  boolean isIdle(Instant now) {
    return !now.isBefore(idleAt());
  }

  /// When it is over if nobody uses or prolongs it.
  Instant overAt() {
    return expiresAt.isBefore(idleAt()) ? expiresAt : idleAt();
  }

  private Instant idleAt() {
    return lastSeenAt.plusSeconds(idleSeconds);
  }
}
