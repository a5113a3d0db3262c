package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.CallContext;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.persistence.SqlStatement;
import dev.sallyport.testing.MutableClock;
import dev.sallyport.testing.RolledBack;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A node whose wall clock was set: what it may still decide by itself, and what the database's
/// clock decides. Nothing of it stays.
@ExtendWith(RunningServer.Extension.class)
class ClockStepIT {
  private static final Duration STEP = Duration.ofDays(800);
  // Beyond the idle limit of the sessions here, within the life of their tokens.
  private static final Duration IDLE = Duration.ofMinutes(20);

  private final MutableClock clock = new MutableClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
  private final OpeningStore openings = new OpeningStore();
  private final SessionStore sessions = new SessionStore();
  private final ActivityStore activity = new ActivityStore();
  private final BlockStore blocks = new BlockStore();
  private final SessionEnding ending = new SessionEnding();
  private final SessionOpener opener = new SessionOpener();
  private final String app = Unique.name("app");
  private RolledBack database;

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new RolledBack(server);
    openings.sql = database.sql();
    openings.sessions = sessions;
    sessions.sql = database.sql();
    activity.sql = database.sql();
    blocks.sql = database.sql();
    ending.sql = database.sql();
    ending.blocks = blocks;
    wire();
  }

  private void wire() {
    opener.clock = clock;
    opener.sql = database.sql();
    opener.sessions = sessions;
    opener.openings = openings;
    opener.ancestry =
        new Ancestry() {
          @Override
          List<String> lock(SessionKey key) {
            return List.of();
          }
        };
    opener.changes =
        new Changes() {
          @Override
          public void tell(Change.Kind kind, Collection<String> refs) {}
        };
    opener.audit =
        new AuditLog() {
          @Override
          public void recordWith(List<SqlStatement> changes, AuditEntry entry) {
            database.sql().together(changes);
          }
        };
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private static VerifiedToken token() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return SessionFixture.token(Unique.name("t"), now, now.plus(Duration.ofMinutes(30)));
  }

  private Opening present(VerifiedToken token) {
    var caller = new SessionOpener.Caller("192.0.2.1", null);
    Opening[] opening = new Opening[1];
    CallContext.system()
        .run(() -> opening[0] = opener.open(SessionFixture.app(app), token, caller));
    return opening[0];
  }

  private SessionDetails opened(VerifiedToken token) {
    assertThat(present(token)).isInstanceOf(Opening.Opened.class);
    return sessions.byToken(app, token.hash(), Instant.now()).orElseThrow().session();
  }

  private boolean isBlocked(Instant signedIn) {
    var key = new SessionKey(app, "i", "u-1", "client-1", null, null);
    return openings.enter(key, signedIn).isBlocked();
  }

  @Test
  void blockThenHoldsForWhatWasSignedInUntilNowAndForTheLongestSession() {
    ending.block(
        Set.of(Whom.everythingOf("i", "u-1").at(app)),
        List.of(),
        Ending.untilNewSignIn(EndReason.REVOKED, "ann"));

    assertThat(isBlocked(Instant.now().minusSeconds(5))).isTrue();
    assertThat(isBlocked(Instant.now().plusSeconds(5))).isFalse();
    assertThat(
            database.count(
                "block where app_id = ? and until between now() + interval '29 days'"
                    + " and now() + interval '31 days'",
                app))
        .isEqualTo(1);
  }

  @Test
  void openWhenClockIsAheadThenTheSessionThatSeemsIdleGoesOn() {
    SessionDetails session = opened(token());
    clock.forward(IDLE);

    assertThat(opened(token()).id()).isEqualTo(session.id());

    assertThat(sessions.byId(session.id()).orElseThrow().endedAt()).isNull();
  }

  @Test
  void openWhenIdleByBothClocksThenTheSessionEndsAndAnotherBegins() {
    SessionDetails session = opened(token());
    database
        .sql()
        .update(
            "update app_session set last_seen_at = last_seen_at - interval '20 minutes'"
                + " where id = ?",
            session.id());

    assertThat(opened(token()).id()).isNotEqualTo(session.id());

    assertThat(sessions.byId(session.id()).orElseThrow().endedReason()).isEqualTo("idle");
  }

  @Test
  void openWhenClockIsBehindThenTheSessionIsNoOlderThanItIs() {
    clock.forward(STEP.negated());

    SessionDetails session = opened(token());

    assertThat(session.startedAt()).isAfter(Instant.now().minusSeconds(60));
    assertThat(session.lastSeenAt()).isAfter(Instant.now().minusSeconds(60));
  }

  @Test
  void openAndAttachWhenClockIsAheadThenNoUseIsNotedThatLiesAhead() {
    clock.forward(IDLE);
    opened(token());

    SessionDetails attached = opened(token());

    assertThat(attached.lastSeenAt()).isBefore(Instant.now().plusSeconds(60));
    assertThat(attached.startedAt()).isBefore(Instant.now().plusSeconds(60));
  }

  @Test
  void activityWhenClockIsAheadThenNoUseIsNotedThatLiesAhead() {
    SessionDetails session = opened(token());
    clock.forward(STEP);

    activity.write(List.of(new ActivityStore.Activity(session.id(), clock.millis(), 3)));

    SessionDetails written = sessions.byId(session.id()).orElseThrow();
    assertThat(written.lastSeenAt()).isBefore(Instant.now().plusSeconds(60));
    assertThat(written.calls()).isEqualTo(3);
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
