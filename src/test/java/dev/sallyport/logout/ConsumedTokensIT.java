package dev.sallyport.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.RolledBack;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Which logout tokens are forgotten, in a time before every other test's.
@ExtendWith(RunningServer.Extension.class)
class ConsumedTokensIT {
  private static final Instant NOW = Instant.parse("2001-06-15T12:00:00Z");
  private final String issuer = Unique.name("https://idp");

  private void row(RolledBack database, String jti, Instant at) {
    database
        .sql()
        .update(
            """
            insert into consumed_logout_token (issuer, jti_hash, consumed_at)
            values (?, sha256(?::bytea), ?)
            """,
            issuer,
            jti,
            at);
  }

  @Test
  void sweepWhenATokenIsTooOldToComeAgainThenForgotten(RunningServer server) throws SQLException {
    try (var database = new RolledBack(server)) {
      row(database, "old", NOW.minus(Duration.ofDays(1)).minusSeconds(1));
      row(database, "young", NOW.minus(Duration.ofDays(1)));
      var consumed = new ConsumedTokens();
      consumed.sql = database.sql();
      consumed.clock = Clock.fixed(NOW, ZoneOffset.UTC);
      var sweeper = new ConsumedTokenSweeper();
      sweeper.consumed = consumed;

      sweeper.sweep();

      assertThat(database.count("consumed_logout_token where issuer = ?", issuer)).isEqualTo(1);
      assertThat(database.count("consumed_logout_token where jti_hash = sha256('young')"))
          .isEqualTo(1);
    }
  }
}
