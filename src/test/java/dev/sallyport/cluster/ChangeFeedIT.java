package dev.sallyport.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.EventReader;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.OpenStream;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.demo.DumperApp;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What another node ends, told through the database only.
@ExtendWith(RunningServer.Extension.class)
class ChangeFeedIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final int MANY = 3_000;

  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private Entrance entrance;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, upstream.url() + "/");
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private OpenStream stream(TestToken token) {
    return OpenStream.of(client.stream(entrance.url() + "/sse-quiet", token.signed()));
  }

  private static Connection transaction(RunningServer server) throws SQLException {
    Connection connection = TestDatabase.connect(server);
    connection.setAutoCommit(false);
    return connection;
  }

  /// What a node does in its transaction.
  private static void end(Connection node, String session) throws SQLException {
    try (var update =
            node.prepareStatement(
                "update app_session set ended_at = now(), ended_reason = 'revoked',"
                    + " ended_by = 'another node' where id = ?");
        var tell =
            node.prepareStatement(
                "insert into change (kind, ref, at) values ('SESSION_ENDED', ?, now())");
        var wake = node.createStatement()) {
      update.setString(1, session);
      update.execute();
      tell.setString(1, session);
      tell.execute();
      wake.execute("notify sallyport_change");
    }
  }

  @Test
  void sessionWhenEndedOnAnotherNodeThenCutHere(RunningServer server) throws SQLException {
    TestToken token = entrance.token();
    OpenStream stream = stream(token);

    try (Connection node = transaction(server)) {
      end(node, entrance.session());
      assertThat(stream.isOpen()).isTrue();
      node.commit();
    }

    stream.awaitCutWithin(AT_ONCE);
  }

  @Test
  void changeWhenCommittedAfterALaterOneThenStillApplied(RunningServer server) throws SQLException {
    OpenStream first = stream(entrance.token());
    String firstId = entrance.session();
    OpenStream second = stream(entrance.token());
    String secondId =
        entrance.sessions("live").stream().filter(id -> !id.equals(firstId)).findFirst().get();

    try (Connection slow = transaction(server);
        Connection quick = transaction(server)) {
      end(slow, firstId);
      end(quick, secondId);
      quick.commit();
      second.awaitCutWithin(AT_ONCE);
      assertThat(first.isOpen()).isTrue();
      slow.commit();
    }

    first.awaitCutWithin(AT_ONCE);
  }

  @Test
  void changeWhenRolledBackThenNotApplied(RunningServer server) throws SQLException {
    OpenStream kept = stream(entrance.token());
    String keptId = entrance.session();
    OpenStream ended = stream(entrance.token());
    String endedId =
        entrance.sessions("live").stream().filter(id -> !id.equals(keptId)).findFirst().get();

    try (Connection node = transaction(server)) {
      end(node, keptId);
      node.rollback();
      end(node, endedId);
      node.commit();
    }

    ended.awaitCutWithin(AT_ONCE);
    assertThat(kept.isOpen()).isTrue();
  }

  /// An identity provider that signs everybody out.
  @Test
  void consoleSessionsWhenManyEndAtOnceThenAppsNoticeNothing(RunningServer server)
      throws SQLException {
    OpenStream stream = stream(entrance.token());
    String session = entrance.session();
    try (EventReader events =
            EventReader.of(entrance.rest().holding("r-agent").stream("app-sessions/changes"));
        Connection node = transaction(server);
        var tell =
            node.prepareStatement(
                "insert into change (kind, ref, at) select 'CONSOLE_SESSION_ENDED', 'cs_' || n,"
                    + " now() from generate_series(1, ?) n")) {
      events.await("current {}");
      tell.setInt(1, MANY);
      tell.execute();
      end(node, session);
      node.commit();

      stream.awaitCutWithin(AT_ONCE);
      events.await("ended {\"id\":\"" + session + "\"}");
      // Others change apps meanwhile.
      assertThat(events.seen().stream().filter("trust-changed {}"::equals).count())
          .isLessThan(MANY / 10);
    }
  }
}
