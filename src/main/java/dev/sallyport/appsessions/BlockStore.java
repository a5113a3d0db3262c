package dev.sallyport.appsessions;

import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Whom not to let in again. What was issued before a revocation is told by the database's clock:
/// nodes need not agree on the time.
@ApplicationScoped
class BlockStore {
  // No config allows a longer session.
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(30);

  @Inject Sql sql;
  @Inject Clock clock;

  /// What a block says of time, and who wrote it why.
  ///
  /// @param issuerLead seconds by which the issuer's clock runs ahead, for a block of what was
  ///     issued until now; null for a block of everything, whenever it was issued
  /// @param until null for as long as nobody lifts it
  record Terms(
      @Nullable Integer issuerLead,
      @Nullable Instant until,
      EndReason reason,
      String by,
      @Nullable String note) {}

  /// The time that blocks are held against: of the sign-in, or else of the token's issue. `iat`
  /// counts whole seconds, and what is equal to a block's time is not after it.
  static Instant signedIn(VerifiedToken token) {
    return Objects.requireNonNullElse(token.authTime(), token.iat())
        .truncatedTo(ChronoUnit.SECONDS);
  }

  /// Whether a sign-out at the identity provider covers this sign-in, which began before it. One
  /// that begins afterwards is the provider's to judge: its session may well go on.
  boolean isSignedOut(PersonSessions.SignIn signIn) {
    Instant authTime = signIn.authTime();
    Instant signedIn = authTime == null ? null : authTime.truncatedTo(ChronoUnit.SECONDS);
    return sql.first(
            """
            select id from block
            where issuer = ? and reason = ? and (until is null or until > clock_timestamp())
              and revoked_at >= ?
              and (sid = ? or (sid is null and subject = ? and (not no_sid or ?::text is null)
                and (cutoff is null or ?::timestamptz is null or cutoff >= ?)))
            limit 1
            """,
            row -> row.text("id"),
            signIn.issuer(),
            EndReason.LOGGED_OUT.code(),
            signIn.begun(),
            signIn.sid(),
            signIn.subject(),
            signIn.sid(),
            signedIn,
            signedIn)
        .isPresent();
  }

  /// Blocks what could bring these sessions back: the tokens of the same person, client, app and
  /// `sid`, until the session's absolute end.
  void blockAll(List<SessionDetails> all, String by) {
    sql.update(
        """
        insert into block (id, issuer, subject, client, no_client, app_id, sid, no_sid, revoked_at,
          cutoff, until, reason, created_by)
        select s.id, s.issuer, s.subject, s.client, s.client is null, s.app_id, s.sid,
          s.sid is null, clock_timestamp(),
          date_trunc('second', clock_timestamp()) + make_interval(secs => cast(s.lead as int)),
          cast(s.until as timestamptz), ?, ?
        from unnest(?, ?, ?, ?, ?, ?, ?, ?)
          as s (id, issuer, subject, client, app_id, sid, lead, until)
        """,
        EndReason.REVOKED.code(),
        by,
        texts(all, session -> RandomTokens.id("blk_")),
        texts(all, SessionDetails::issuer),
        texts(all, SessionDetails::subject),
        texts(all, SessionDetails::client),
        texts(all, SessionDetails::appId),
        texts(all, SessionDetails::sid),
        all.stream().map(session -> (long) session.issuerLeadSeconds()).toArray(Long[]::new),
        texts(all, session -> session.absoluteEnd().toString()));
  }

  private static @Nullable String[] texts(
      List<SessionDetails> all, Function<SessionDetails, @Nullable String> member) {
    return all.stream().map(member).toArray(String[]::new);
  }

  /// Blocks a person at every app, or with the filter's client only; without regard to any `sid`.
  void blockPerson(SessionFilter filter, String by) {
    insert(
        new Whom(
            Objects.requireNonNull(filter.issuer()),
            filter.subject(),
            filter.client(),
            null,
            null,
            false,
            false),
        signedInUntilNow(0, EndReason.REVOKED, by));
  }

  /// Terms that block what was signed in until now, for as long as a session could last.
  Terms signedInUntilNow(int issuerLead, EndReason reason, String by) {
    return new Terms(issuerLead, clock.instant().plus(LONGEST_LIFETIME), reason, by, null);
  }

  /// Writes a block and answers its id.
  String insert(Whom whom, Terms terms) {
    String id = RandomTokens.id("blk_");
    sql.update(
        """
        insert into block (id, issuer, subject, client, no_client, app_id, sid, no_sid, revoked_at,
          cutoff, until, reason, created_by, note)
        values (?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp(),
          date_trunc('second', clock_timestamp()) + make_interval(secs => cast(? as int)),
          ?, ?, ?, ?)
        """,
        id,
        whom.issuer(),
        whom.subject(),
        whom.client(),
        whom.noClient(),
        whom.appId(),
        whom.sid(),
        whom.noSid(),
        terms.issuerLead(),
        terms.until(),
        terms.reason().code(),
        terms.by(),
        terms.note());
    return id;
  }

  void sweep() {
    sql.update("delete from block where until < clock_timestamp()");
  }
}
