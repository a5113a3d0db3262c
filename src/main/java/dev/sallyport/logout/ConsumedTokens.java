package dev.sallyport.logout;

import dev.sallyport.crypto.TokenHash;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/// Which logout tokens were used. Written in the transaction of the logout, so that one that failed
/// was not used.
@ApplicationScoped
class ConsumedTokens {
  // Longer than a token's `iat` may lie back: after that, the token is refused by its age.
  private static final Duration KEPT = Duration.ofDays(1);

  @Inject Sql sql;
  @Inject Clock clock;

  /// Uses the token up; false when it was used before. Two that come at once wait for each other.
  boolean consume(LogoutToken token) {
    return sql.update(
            """
            insert into consumed_logout_token (issuer, jti_hash, consumed_at) values (?, ?, ?)
            on conflict do nothing
            """,
            token.issuer(),
            TokenHash.of(token.jti()).bytes(),
            clock.instant())
        > 0;
  }

  void sweep() {
    sql.update(
        "delete from consumed_logout_token where consumed_at < ?", clock.instant().minus(KEPT));
  }
}
