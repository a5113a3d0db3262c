package dev.sallyport.appsessions;

import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/// Whom not to let in again.
@ApplicationScoped
class BlockStore {
  // No config allows a longer session.
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(30);

  @Inject Sql sql;

  /// Whether a token falls under a block. With the blocked `sid`: always. Without one: when its
  /// sign-in, or else its issue, is not after the revocation. `iat` counts whole seconds, so
  /// equality is not after.
  boolean isBlocked(SessionKey key, VerifiedToken token, Instant now) {
    Instant signedIn =
        Objects.requireNonNullElse(token.authTime(), token.iat()).truncatedTo(ChronoUnit.SECONDS);
    return sql.first(
            """
            select id from block
            where issuer = ? and subject = ? and until > ?
              and (client is null and not no_client or client is not distinct from ?)
              and (app_id is null or app_id = ?)
              and (sid = ? or (sid is null and (not no_sid or cast(? as text) is null)
                and cutoff >= ?))
            limit 1
            """,
            row -> row.text("id"),
            key.issuer(),
            key.subject(),
            now,
            key.client(),
            key.appId(),
            key.sid(),
            key.sid(),
            signedIn)
        .isPresent();
  }

  /// Blocks what could bring this session back.
  void block(SessionDetails session, Instant now, String by) {
    Instant cutoff = Instant.ofEpochSecond(now.getEpochSecond() + session.issuerLeadSeconds());
    sql.update(
        """
        insert into block (id, issuer, subject, client, no_client, app_id, sid, no_sid, revoked_at,
          cutoff, until, reason, created_by)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        RandomTokens.id("blk_"),
        session.issuer(),
        session.subject(),
        session.client(),
        session.client() == null,
        session.appId(),
        session.sid(),
        session.sid() == null,
        now,
        cutoff,
        session.absoluteEnd(),
        EndReason.REVOKED.code(),
        by);
  }

  /// Blocks a person at every app, or with the filter's client only; without regard to any `sid`.
  void blockPerson(SessionFilter filter, Instant now, String by) {
    sql.update(
        """
        insert into block (id, issuer, subject, client, revoked_at, cutoff, until, reason, created_by)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        RandomTokens.id("blk_"),
        filter.issuer(),
        filter.subject(),
        filter.client(),
        now,
        now.truncatedTo(ChronoUnit.SECONDS),
        now.plus(LONGEST_LIFETIME),
        EndReason.REVOKED.code(),
        by);
  }

  void sweep(Instant now) {
    sql.update("delete from block where until < ?", now);
  }
}
