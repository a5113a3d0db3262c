package dev.sallyport.consolesessions;

import dev.sallyport.authz.ActorKind;
import dev.sallyport.persistence.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A session as the database has it.
record SessionRow(
    String id,
    ActorKind actorKind,
    String actorId,
    String actorName,
    @Nullable String providerId,
    @Nullable String issuer,
    String address,
    String userAgent,
    Instant startedAt,
    Instant lastSeenAt,
    Instant expiresAt,
    @Nullable Instant endedAt) {

  static final String COLUMNS =
      """
      id, actor_kind, actor_id, actor_name, provider_id, issuer, address, user_agent, started_at,
      last_seen_at, expires_at, ended_at
      """;

  static SessionRow read(Row row) throws SQLException {
    return new SessionRow(
        row.text("id"),
        ActorKind.ofCode(row.text("actor_kind")),
        row.text("actor_id"),
        row.text("actor_name"),
        row.textOrNull("provider_id"),
        row.textOrNull("issuer"),
        row.text("address"),
        row.text("user_agent"),
        row.instant("started_at"),
        row.instant("last_seen_at"),
        row.instant("expires_at"),
        row.instantOrNull("ended_at"));
  }

  /// The row with a later use that is not written yet.
  SessionRow seenAt(Instant later) {
    return new SessionRow(
        id,
        actorKind,
        actorId,
        actorName,
        providerId,
        issuer,
        address,
        userAgent,
        startedAt,
        later,
        expiresAt,
        endedAt);
  }

  Instant idleUntil(Duration idle) {
    Instant end = lastSeenAt.plus(idle);
    return end.isBefore(expiresAt) ? end : expiresAt;
  }
}
