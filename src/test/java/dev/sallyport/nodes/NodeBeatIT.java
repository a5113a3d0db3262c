package dev.sallyport.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cluster.ChangeFeed;
import dev.sallyport.config.Settings;
import dev.sallyport.testing.RolledBack;
import dev.sallyport.testing.RunningServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The rows of nodes, of which the database's clock alone says how old they are. Nothing stays.
@ExtendWith(TwoNodes.class)
class NodeBeatIT {
  private static final String MASTER_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private final NodeBeat beat = new NodeBeat();
  private final NodeService nodes = new NodeService();
  private RolledBack database;

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new RolledBack(server);
    database.sql().update("delete from node");
    beat.sql = database.sql();
    beat.feed = new ChangeFeed();
    beat.settings =
        Settings.read(Map.of("SALLYPORT_MASTER_KEY", MASTER_KEY, "SALLYPORT_NODE_NAME", "this"));
    nodes.sql = database.sql();
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private void other(String name, Duration silence) {
    database
        .sql()
        .update(
            """
            insert into node (id, name, is_current, started_at, seen_at)
            values (?, ?, true, now(), clock_timestamp() - ? * interval '1 second')
            """,
            "node_" + name,
            name,
            silence.toSeconds());
  }

  private Map<String, String> states() {
    return nodes.list().stream().collect(Collectors.toMap(NodeDetails::name, NodeDetails::state));
  }

  @Test
  void beatThenThisNodeIsThereByTheDatabasesClock() {
    Instant before = database.sql().now();
    beat.beat();
    Instant first = nodes.list().getFirst().seenAt();
    beat.beat();

    assertThat(states()).containsExactly(Map.entry("this", "not-current"));
    NodeDetails node = nodes.list().getFirst();
    assertThat(node.seenAt()).isBetween(first, database.sql().now()).isAfter(before);
    assertThat(node.startedAt()).isBetween(before.minusSeconds(60), first);
  }

  @Test
  void beatThenOnlyWhatWasSilentForAnHourIsForgotten() {
    other("lost", Duration.ofMinutes(61));
    other("silent", Duration.ofMinutes(59));
    other("late", Duration.ofSeconds(16));
    other("alive", Duration.ofSeconds(10));

    beat.beat();

    assertThat(states())
        .containsOnly(
            Map.entry("silent", "silent"),
            Map.entry("late", "silent"),
            Map.entry("alive", "ready"),
            Map.entry("this", "not-current"));
  }
}
