package dev.sallyport.launch;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The sign-ins on their way from the console's host to an app's. Each is taken once.
@Stateless
@NoPermissionNeeded("Whoever calls has checked the sign-in.")
public class LaunchCodes {
  private static final Duration LIFETIME = Duration.ofSeconds(60);
  private static final int MOST_OF_A_SESSION = 20;

  @Inject Sql sql;
  @Inject Clock clock;

  /// What a code stands for.
  ///
  /// @param challenge the hash of what only the right browser knows
  record Code(String appId, TokenHash challenge, String consoleSessionId) {}

  private record Taken(Code code, Instant expiresAt) {}

  /// Makes a code. Of one console session the newest stay.
  public Secret keep(Code code) {
    Secret text = RandomTokens.credential("");
    sql.update(
        """
        insert into app_code (hash, app_id, challenge, console_session_id, expires_at)
        values (?, ?, ?, ?, ?)
        """,
        TokenHash.of(text.reveal()).bytes(),
        code.appId(),
        code.challenge().bytes(),
        code.consoleSessionId(),
        clock.instant().plus(LIFETIME));
    sql.update(
        """
        delete from app_code where hash in (select hash from app_code
          where console_session_id = ? order by expires_at desc offset ?)
        """,
        code.consoleSessionId(),
        MOST_OF_A_SESSION);
    return text;
  }

  /// Takes a code away; empty when it is unknown, taken or too old.
  public Optional<Code> take(Secret code) {
    return sql.first(
            """
            delete from app_code where hash = ?
            returning app_id, encode(challenge, 'hex') as challenge, console_session_id, expires_at
            """,
            LaunchCodes::taken,
            TokenHash.of(code.reveal()).bytes())
        .filter(taken -> taken.expiresAt().isAfter(clock.instant()))
        .map(Taken::code);
  }

  private static Taken taken(Row row) throws SQLException {
    Code code =
        new Code(
            row.text("app_id"),
            TokenHash.ofHex(row.text("challenge")),
            row.text("console_session_id"));
    return new Taken(code, row.instant("expires_at"));
  }

  @Schedule(hour = "*", minute = "*/5", second = "35", persistent = false)
  void sweep() {
    Instant now = clock.instant();
    sql.update("delete from app_code where expires_at < ?", now);
    sql.update("delete from app_cookie where expires_at < ?", now);
  }
}
