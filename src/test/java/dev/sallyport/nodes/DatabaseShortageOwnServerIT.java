package dev.sallyport.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.DatabaseProcess;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.TokenServer;
import dev.sallyport.testing.demo.DumperApp;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a node answers while the database is there but not for it: all of its connections are
/// taken, or it hears of no changes. The server is this test's own.
class DatabaseShortageOwnServerIT {
  // As src/main/wildfly/configure.cli sets it.
  private static final int CONNECTIONS = 20;
  // Three seconds of waiting for a connection, on a slow machine.
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String ALL_SESSIONS = "select pg_advisory_xact_lock(7255592)";

  private static RunningServer server;
  private static DumperApp upstream;

  @BeforeAll
  static void start() {
    server = RunningServer.start(Map.of());
    upstream = DumperApp.start(0);
  }

  @AfterAll
  static void stop() {
    server.close();
    upstream.close();
  }

  private static int waiting(Connection connection) {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where application_name = 'sallyport'"
                    + " and wait_event_type = 'Lock' and wait_event = 'advisory'")) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static CompletableFuture<Integer> open(Entrance entrance) {
    Map<String, Object> request =
        Map.of(
            "app", entrance.name(), "jwt", entrance.token().signed(), "remoteAddress", "192.0.2.1");
    Executor own = Thread::startVirtualThread;
    return CompletableFuture.supplyAsync(
        () -> entrance.rest().post("app-sessions", request).status(), own);
  }

  @Test
  void callsWhenEveryConnectionIsTakenThenColdOnesAreRefusedAndWarmOnesServed() throws Exception {
    Entrance entrance = Entrance.to(server, upstream.url() + "/");
    String url = entrance.url() + "/x";
    String warm = entrance.token().signed();
    String cold = entrance.token().signed();
    try (GatewayClient client = new GatewayClient();
        Connection holder = TestDatabase.connect(server);
        Connection observer = TestDatabase.connect(server)) {
      assertThat(client.get(url, warm).statusCode()).isEqualTo(200);
      holder.setAutoCommit(false);
      run(holder, ALL_SESSIONS);
      List<CompletableFuture<Integer>> openings =
          Stream.generate(() -> open(entrance)).limit(CONNECTIONS).toList();
      Await.until("all are taken", () -> waiting(observer) == CONNECTIONS);

      long start = System.nanoTime();
      HttpResponse<String> refused = client.get(url, cold);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("\"code\":\"not-current\"");
      assertThat(entrance.rest().get("apps").code()).isEqualTo("not-current");
      assertThat(client.get(url, warm).statusCode()).isEqualTo(200);
      assertThat(openings).noneMatch(CompletableFuture::isDone);

      holder.rollback();
      assertThat(openings.stream().map(CompletableFuture::join)).containsOnly(201);
      assertThat(client.get(url, cold).statusCode()).isEqualTo(200);
    }
  }

  private static void loseTheLease(DatabaseProcess database, Connection connection, Rest rest)
      throws SQLException {
    database.admitNobody();
    run(
        connection,
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where application_name = 'sallyport-changes'");
    Await.until("the lease is over", () -> !isCurrent(rest));
  }

  private static boolean isCurrent(Rest rest) {
    return rest.get("app-sessions/lookup?app=none&tokenHash=" + "0".repeat(64)).status() != 503;
  }

  @Test
  void changesWhenTheNodeHearsOfNoneThenRefused() throws Exception {
    Rest rest = Rest.admin(server);
    assertThat(openStream(rest)).isEqualTo(200);
    DatabaseProcess database = DatabaseProcess.of(server);
    try (Connection connection = TestDatabase.connect(server)) {
      loseTheLease(database, connection, rest);

      HttpResponse<InputStream> refused = rest.stream("app-sessions/changes");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).asString(UTF_8).contains("\"code\":\"not-current\"");
    } finally {
      database.goOn();
    }
    Await.until("it hears again", () -> isCurrent(rest));
    assertThat(openStream(rest)).isEqualTo(200);
  }

  @Test
  void callWhenTheLeaseEndsBeforeItsBodyIsThereThenRefused() throws Exception {
    Rest rest = Rest.admin(server);
    DatabaseProcess database = DatabaseProcess.of(server);
    try (DumperApp own = DumperApp.start(0);
        TokenServer tokens = TokenServer.start(asked -> TokenServer.Answer.token("t-1", 300));
        Connection connection = TestDatabase.connect(server);
        RawCall call = RawCall.to(server)) {
      Entrance entrance = Entrance.to(server, own.url() + "/");
      fetchFrom(tokens, entrance);
      call.send(
          "POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Length: 2\r\n\r\n{"
              .formatted(
                  URI.create(entrance.url()).getPath() + "/x",
                  RawCall.host(server),
                  entrance.token().signed()));
      Await.until("it is in", () -> !tokens.asked().isEmpty());
      loseTheLease(database, connection, rest);

      String answer = call.send("}").readUntil("\"requestId\"");

      assertThat(answer).startsWith("HTTP/1.1 503").contains("\"code\":\"not-current\"");
      assertThat(own.received()).isEmpty();
    } finally {
      database.goOn();
    }
    Await.until("it hears again", () -> isCurrent(rest));
  }

  private static void fetchFrom(TokenServer tokens, Entrance entrance) {
    String path = entrance.appPath() + "/upstream-credential";
    Map<String, Object> credential =
        Map.of(
            "kind", "client_credentials",
            "tokenEndpoint", tokens.url() + "/token",
            "clientId", "gateway",
            "clientSecret", "s3cret");
    Rest.Answer put = entrance.rest().put(path, entrance.rest().get(path).etag(), credential);
    assertThat(put.status()).as(put.text()).isEqualTo(200);
  }

  private static int openStream(Rest rest) throws IOException {
    HttpResponse<InputStream> stream = rest.stream("app-sessions/changes");
    stream.body().close();
    return stream.statusCode();
  }
}
