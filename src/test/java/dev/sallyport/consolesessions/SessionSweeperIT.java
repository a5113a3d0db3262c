package dev.sallyport.consolesessions;

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

/// Which sessions and links the sweep takes, in a time before every other test's.
@ExtendWith(RunningServer.Extension.class)
class SessionSweeperIT {
  private static final Instant NOW = Instant.parse("2001-06-15T12:00:00Z");
  private static final Duration KEPT = Duration.ofHours(24);

  private static void sweep(RolledBack database) {
    var sweeper = new SessionSweeper();
    sweeper.sql = database.sql();
    sweeper.clock = Clock.fixed(NOW, ZoneOffset.UTC);
    sweeper.sweep();
  }

  private static String session(RolledBack database, Instant expiresAt) {
    String id = Unique.name("ses");
    database
        .sql()
        .update(
            """
            insert into console_session (id, actor_kind, actor_id, actor_name, csrf_hash, address,
              user_agent, started_at, last_seen_at, expires_at)
            values (?, 'user', 'usr_1', 'ann', sha256('x'), '127.0.0.1', '', ?, ?, ?)
            """,
            id,
            expiresAt.minusSeconds(60),
            expiresAt,
            expiresAt);
    return id;
  }

  @Test
  void sweepWhenASessionIsOverForADayThenGone(RunningServer server) throws SQLException {
    try (var database = new RolledBack(server)) {
      String gone = session(database, NOW.minus(KEPT).minusSeconds(1));
      String kept = session(database, NOW.minus(KEPT));
      String live = session(database, NOW.plusSeconds(1));

      sweep(database);

      assertThat(database.count("console_session where id = ?", gone)).isZero();
      assertThat(database.count("console_session where id in (?, ?)", kept, live)).isEqualTo(2);
    }
  }

  @Test
  void sweepWhenALinkIsOverThenGone(RunningServer server) throws SQLException {
    try (var database = new RolledBack(server)) {
      link(database, "a", NOW.minusSeconds(1));
      link(database, "b", NOW.plusSeconds(1));

      sweep(database);

      assertThat(database.count("sign_in_link where hash = sha256('a')")).isZero();
      assertThat(database.count("sign_in_link where hash = sha256('b')")).isEqualTo(1);
    }
  }

  private static void link(RolledBack database, String value, Instant expiresAt) {
    database
        .sql()
        .update(
            """
            insert into sign_in_link (hash, actor_kind, actor_id, actor_name, expires_at)
            values (sha256(?::bytea), 'user', 'usr_1', 'ann', ?)
            """,
            value,
            expiresAt);
  }
}
