package dev.sallyport.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Measured;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.demo.DumperApp;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Nodes that are not notified of an end, or not at that moment: they read the feed all the same.
@ExtendWith(TwoNodes.class)
class LostNotifyIT {
  // Three times in a lease
  private static final Duration POLL = Duration.ofMillis(3_334);

  private final DumperApp upstream = DumperApp.start(0);
  private RunningServer server;
  private Entrance entrance;
  private NodeClient second;
  private String signed;

  @BeforeEach
  void open(RunningServer running) {
    server = running;
    entrance = Entrance.to(running, upstream.url() + "/");
    second = new NodeClient(running, running.nodes().getLast());
    signed = entrance.token().signed();
    Await.until("the second node serves", () -> call(second) == 200);
  }

  @AfterEach
  void close() {
    upstream.close();
  }

  private int call(NodeClient node) {
    return node.status(entrance.url() + "/x", signed);
  }

  private InputStream stream() {
    InputStream stream = second.stream(entrance.url() + "/sse-quiet", signed);
    upstream.awaitOpenStreams(1, Await.PATIENCE);
    return stream;
  }

  @Test
  void endWhenTheNotificationIsLostThenThePollHearsOfIt() throws IOException, SQLException {
    try (InputStream stream = stream()) {
      String session = entrance.session();
      long start = System.nanoTime();

      endInSilence(session);

      stream.readAllBytes();
      Measured.promised("a stream cut without a notification", POLL, start);
    }
  }

  /// All that an end writes, and no NOTIFY.
  private void endInSilence(String session) throws SQLException {
    try (Connection database = TestDatabase.connect(server)) {
      database.setAutoCommit(false);
      try (var end =
              database.prepareStatement(
                  "update app_session set ended_at = clock_timestamp(), ended_reason = 'admin',"
                      + " ended_by = 'system' where id = ?");
          var tell =
              database.prepareStatement(
                  "insert into change (kind, ref, at)"
                      + " values ('SESSION_ENDED', ?, clock_timestamp())")) {
        end.setString(1, session);
        tell.setString(1, session);
        assertThat(end.executeUpdate()).isEqualTo(1);
        tell.executeUpdate();
      }
      database.commit();
    }
  }

  @Test
  void endWhenTheListenersWereCutThenEveryNodeHearsOfIt() throws IOException, SQLException {
    try (InputStream stream = stream()) {
      String session = entrance.session();
      long start = System.nanoTime();

      cutListeners();
      entrance.end(session);

      stream.readAllBytes();
      Measured.promised("a stream cut after the listeners were", POLL, start);
    }
    NodeClient first = new NodeClient(server, server.nodes().getFirst());
    Await.until("refused at the first node", () -> call(first) == 401);
    assertThat(call(second)).isEqualTo(401);
  }

  private void cutListeners() throws SQLException {
    try (Connection database = TestDatabase.connect(server);
        var statement = database.createStatement();
        var cut =
            statement.executeQuery(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                    + " where application_name = 'sallyport-changes'")) {
      cut.next();
      assertThat(cut.getInt(1)).isEqualTo(server.nodes().size());
    }
  }
}
