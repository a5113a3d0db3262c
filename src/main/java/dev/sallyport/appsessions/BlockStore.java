package dev.sallyport.appsessions;

import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Whom not to let in again. All of its times are the database's: nodes need not agree on the time.
@ApplicationScoped
class BlockStore {
  @Inject Sql sql;

  /// A block in the making.
  ///
  /// @param issuerLead seconds by which the issuer's clock runs ahead, for a block of what was
  ///     issued until now; null for a block of everything, whenever it was issued
  /// @param until null for as long as nobody lifts it
  record NewBlock(String id, Whom whom, @Nullable Integer issuerLead, @Nullable Instant until) {
    NewBlock(Whom whom, @Nullable Integer issuerLead, @Nullable Instant until) {
      this(RandomTokens.id("blk_"), whom, issuerLead, until);
    }
  }

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
    return sql.first(
            """
            select id from block_of(?, ?, ?, ?::timestamptz)
            where reason = ? and revoked_at >= ? limit 1
            """,
            row -> row.text("id"),
            signIn.issuer(),
            signIn.subject(),
            signIn.sid(),
            authTime == null ? null : authTime.truncatedTo(ChronoUnit.SECONDS),
            EndReason.LOGGED_OUT.code(),
            signIn.begun())
        .isPresent();
  }

  /// Whether nothing of the person is let in, for as long as nobody lifts that.
  boolean isBlockedForGood(String issuer, String subject) {
    return sql.first(
            """
            select id from block where issuer = ? and subject = ? and client is null
              and not no_client and app_id is null and sid is null and not no_sid
              and cutoff is null and until is null limit 1
            """,
            row -> row.text("id"),
            issuer,
            subject)
        .isPresent();
  }

  /// Writes blocks of one reason.
  void insert(List<NewBlock> all, Ending ending) {
    if (all.isEmpty()) {
      return;
    }
    String note = ending.back() instanceof Ending.Return.After after ? after.note() : null;
    sql.update(
        """
        insert into block (id, issuer, subject, client, no_client, app_id, sid, no_sid, revoked_at,
          cutoff, until, reason, created_by, note)
        select b.id, b.issuer, b.subject, b.client, b.no_client = 'true', b.app_id, b.sid,
          b.no_sid = 'true', clock_timestamp(),
          date_trunc('second', clock_timestamp()) + make_interval(secs => cast(b.lead as int)),
          cast(b.until as timestamptz), ?, ?, ?
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as b
          (id, issuer, subject, client, no_client, app_id, sid, no_sid, lead, until)
        """,
        ending.reason().code(),
        ending.by(),
        note,
        texts(all, NewBlock::id),
        texts(all, block -> block.whom().issuer()),
        texts(all, block -> block.whom().subject()),
        texts(all, block -> block.whom().client()),
        texts(all, block -> String.valueOf(block.whom().noClient())),
        texts(all, block -> block.whom().appId()),
        texts(all, block -> block.whom().sid()),
        texts(all, block -> String.valueOf(block.whom().noSid())),
        texts(all, block -> text(block.issuerLead())),
        texts(all, block -> text(block.until())));
  }

  private static @Nullable String[] texts(
      List<NewBlock> all, Function<NewBlock, @Nullable String> member) {
    return all.stream().map(member).toArray(String[]::new);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  void delete(String id) {
    sql.update("delete from block where id = ?", id);
  }

  /// Takes the block of a deactivation away; other blocks stay.
  void deleteDeactivation(String issuer, String subject) {
    sql.update(
        "delete from block where issuer = ? and subject = ? and reason = ?",
        issuer,
        subject,
        EndReason.DEACTIVATED.code());
  }

  void sweep() {
    sql.update("delete from block where until < clock_timestamp()");
  }
}
