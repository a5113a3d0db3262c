package dev.sallyport.consolesessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.authz.RecordedEvents;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.testing.RolledBack;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How nodes hear of many console sessions that end at once. Nothing stays.
@ExtendWith(RunningServer.Extension.class)
class BulkEndIT {
  private final SessionStore store = new SessionStore();
  private final RecordedEvents<ConsoleSessionsEnded> ended = new RecordedEvents<>();
  private final List<String> told = new ArrayList<>();
  private final String person = Unique.name("usr");
  private RolledBack database;

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new RolledBack(server);
    store.sql = database.sql();
    store.clock = Clock.systemUTC();
    store.ended = ended;
    store.changes =
        new Changes() {
          @Override
          public void tell(Change.Kind kind, Collection<String> refs) {
            assertThat(kind).isEqualTo(Change.Kind.CONSOLE_SESSION_ENDED);
            told.addAll(refs);
          }
        };
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private List<String> end(int count) {
    database
        .sql()
        .update(
            """
            insert into console_session (id, actor_kind, actor_id, actor_name, csrf_hash, address,
              user_agent, started_at, last_seen_at, expires_at)
            select ? || n, 'user', ?, 'ann', sha256('x'), '127.0.0.1', '', now(), now(),
              now() + interval '1 hour'
            from generate_series(1, ?) n
            """,
            person,
            person,
            count);
    return store.end(SessionEnd.ENDED, "actor_id = ?", person);
  }

  @Test
  void endWhenFewThenEachIsTold() {
    List<String> ids = end(20);

    assertThat(told).hasSize(20).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void endWhenManyThenOneChangeStandsForAll() {
    List<String> ids = end(2_000);

    assertThat(told).containsExactly(Change.ALL);
    assertThat(ids).hasSize(2_000);
    assertThat(ended.fired()).containsExactly(new ConsoleSessionsEnded(ids));
  }

  @Test
  void endWhenNoneThenNothingIsTold() {
    assertThat(end(0)).isEmpty();
    assertThat(told).isEmpty();
    assertThat(ended.fired()).isEmpty();
  }
}
