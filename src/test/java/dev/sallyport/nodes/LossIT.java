package dev.sallyport.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.DatabaseProcess;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.OpenStream;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.demo.DumperApp;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What callers notice when a node or the database goes away.
@ExtendWith(TwoNodes.class)
class LossIT {
  private static final int CLIENTS = 4;
  private static final Duration LONGER_THAN_THE_LEASE = Duration.ofSeconds(20);
  private static final Duration LEASE = Duration.ofSeconds(10);
  // Statements that hang hold the threads of timers for 20 s.
  private static final Duration TIMERS_HANG = Duration.ofSeconds(19);

  private final DumperApp upstream = DumperApp.start(0);
  private final GatewayClient client = new GatewayClient();
  private RunningServer server;
  private Entrance entrance;
  private String url;

  @BeforeEach
  void open(RunningServer running) {
    server = running;
    entrance = Entrance.to(running, upstream.url() + "/");
    url = entrance.url() + "/x";
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private NodeClient node(int number) {
    return new NodeClient(server, server.nodes().get(number - 1));
  }

  private void awaitBoth(String signed) {
    Await.until("the first node serves", () -> node(1).status(url, signed) == 200);
    Await.until("the second node serves", () -> node(2).status(url, signed) == 200);
  }

  private ProcessHandle lastNode() {
    return ProcessHandle.of(server.nodes().getLast().pid()).orElseThrow();
  }

  /// The status through HAProxy; 0 when the connection broke.
  private int call(String signed) {
    try {
      return client.get(url, signed).statusCode();
    } catch (UncheckedIOException e) {
      return 0;
    }
  }

  @Test
  void callsWhenANodeIsKilledThenOneRetryCuresEachAndTheSessionLives() throws Exception {
    TestToken token = entrance.token();
    String signed = token.signed();
    awaitBoth(signed);
    String session = entrance.session();
    try (Load load = Load.of(1, () -> call(signed))) {
      lastNode().destroyForcibly();
      try {
        load.awaitMore(200);
      } finally {
        server.restart(2);
      }
      assertThat(load.end("a node killed")).isZero();
    }
    assertThat(entrance.session()).isEqualTo(session);
    awaitBoth(signed);
  }

  @Test
  void callsWhenANodeIsRestartedThenOneRetryCuresEachAndTheSessionLives() throws Exception {
    String signed = entrance.token().signed();
    awaitBoth(signed);
    String session = entrance.session();
    ProcessHandle node = lastNode();

    try (Load load = Load.of(CLIENTS, () -> call(signed))) {
      node.destroy();
      try {
        node.onExit().get(2 * Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        load.awaitMore(100);
      } finally {
        server.restart(2);
      }
      Await.until("HAProxy has it back", () -> node(2).status(url, signed) == 200);
      load.awaitMore(100);
      assertThat(load.end("a node restarted")).isZero();
    }
    assertThat(entrance.session()).isEqualTo(session);
  }

  @Test
  void callsWhenDatabaseIsAwayForLongThenRefusedAndServedAgainAfterwards() throws Exception {
    String signed = entrance.token().signed();
    awaitBoth(signed);
    OpenStream stream = OpenStream.of(client.stream(entrance.url() + "/sse-quiet", signed));

    long start = System.nanoTime();
    DatabaseProcess database = DatabaseProcess.of(server);
    database.freeze();
    try {
      // Within the lease a warm call needs nobody.
      assertThat(call(signed)).isEqualTo(200);
      stream.awaitCut(TIMERS_HANG);
      System.out.printf(
          "measured: a stream cut %d ms after the database hung, promised %d ms%n",
          (System.nanoTime() - start) / 1_000_000, LEASE.plusSeconds(1).toMillis());
      Await.until("the lease ends", () -> call(signed) == 503);
      Thread.sleep(LONGER_THAN_THE_LEASE);
      assertThat(call(signed)).isEqualTo(503);
    } finally {
      database.goOn();
    }

    awaitBoth(signed);
    Await.until("HAProxy has noticed", () -> call(signed) == 200);
    assertThat(entrance.sessions("live")).hasSize(1);
  }

  @Test
  void endWhenDatabaseHasJustRestartedThenStillReachesBothNodes() throws Exception {
    TestToken token = entrance.token();
    String signed = token.signed();
    awaitBoth(signed);

    DatabaseProcess.of(server).crash();

    Await.until("nothing is refused any more", () -> call(signed) == 200);
    entrance.end(entrance.session());
    Await.until("refused at the first node", () -> node(1).status(url, signed) == 401);
    Await.until("refused at the second node", () -> node(2).status(url, signed) == 401);
  }
}
