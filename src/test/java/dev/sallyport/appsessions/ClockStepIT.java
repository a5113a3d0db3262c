package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.MutableClock;
import dev.sallyport.testing.RolledBack;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A node whose wall clock was set: what it may still decide by itself, and what the database's
/// clock decides. Nothing of it stays.
@ExtendWith(RunningServer.Extension.class)
class ClockStepIT {
  private static final Duration STEP = Duration.ofDays(800);

  private final MutableClock clock = new MutableClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
  private final OpeningStore openings = new OpeningStore();
  private final BlockStore blocks = new BlockStore();
  private final String subject = Unique.name("u");
  private RolledBack database;

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new RolledBack(server);
    openings.sql = database.sql();
    blocks.sql = database.sql();
    blocks.clock = clock;
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private boolean isBlocked(Instant signedIn) {
    var key = new SessionKey("app_clock", "i", subject, "client-1", null, null);
    return openings.enter(key, signedIn).isBlocked();
  }

  private void endAccess() {
    blocks.insert(
        Whom.everythingOf("i", subject), blocks.signedInUntilNow(0, EndReason.REVOKED, "ann"));
  }

  @Test
  void blockWhenClockIsBehindThenHoldsForAllThatWasSignedInUntilNow() {
    clock.forward(Duration.ofDays(-20));

    endAccess();

    assertThat(isBlocked(Instant.now().minusSeconds(5))).isTrue();
    assertThat(isBlocked(Instant.now().plusSeconds(5))).isFalse();
  }

  @Test
  void blockWhenClockIsAheadThenLaterSignInsAreLetIn() {
    clock.forward(STEP);

    endAccess();

    assertThat(isBlocked(Instant.now().minusSeconds(5))).isTrue();
    assertThat(isBlocked(Instant.now().plusSeconds(5))).isFalse();
  }

  @Test
  void agreedWhenClockIsAheadThenTheDatabases() {
    clock.forward(STEP);

    assertThat(database.sql().agreed(clock.instant())).isBefore(Instant.now().plusSeconds(60));
  }

  @Test
  void agreedWhenClockIsBehindThenTheClocks() {
    clock.forward(STEP.negated());

    assertThat(database.sql().agreed(clock.instant())).isEqualTo(clock.instant());
  }
}
