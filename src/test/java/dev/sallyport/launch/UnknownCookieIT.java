package dev.sallyport.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.SiteBrowser.Answer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.Unique;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Cookies that this node does not know: made-up ones must be in nobody's way.
class UnknownCookieIT extends LaunchFixture {
  private static final int THREADS = 8;
  private static final int LIMIT = 60;

  private final InetAddress address = Unique.loopback();

  /// The status and the code of a page that is asked for with this cookie, from one address.
  private String asked(String cookie) {
    try {
      Answer answer =
          Answer.of(
              RawCall.exchange(
                  RawCall.port(server),
                  address,
                  "GET / HTTP/1.1",
                  "Host: " + URI.create(origin).getAuthority(),
                  "Cookie: " + COOKIE + "=" + cookie));
      return answer.status() + " " + answer.code();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String cookie() {
    return String.valueOf(site.cookies().get(COOKIE));
  }

  /// Like the good one, but for its id.
  private static String otherId(String good) {
    String[] parts = good.split("\\.");
    return String.join(".", parts[0], RandomTokens.id("app-"), parts[2], parts[3]);
  }

  private static String otherKey(String good) {
    String[] parts = good.split("\\.");
    return String.join(".", parts[0], parts[1], RandomTokens.id("key_"), parts[3]);
  }

  @Test
  void cookieWhenMadeUpThenAnsweredThoughNobodyElseCanEnter() throws SQLException {
    enter();
    String good = cookie();
    List<CompletableFuture<Integer>> waiting;
    try (Connection database = TestDatabase.connect(server);
        GatewayClient client = new GatewayClient()) {
      database.setAutoCommit(false);
      database.createStatement().execute("lock table app_session in access exclusive mode");
      waiting = fillPool(client);
      Await.until("all threads to wait", () -> waiting(database) >= THREADS);

      assertThat(asked(otherId(good))).isEqualTo("401 app-sign-in-needed");
      assertThat(asked("no-cookie")).isEqualTo("401 app-sign-in-needed");
      assertThat(asked(good)).startsWith("200 ");

      database.rollback();
      waiting.forEach(call -> assertThat(call.join()).isEqualTo(200));
    }
  }

  /// Tokens of people who have no session yet, at two apps: one may have half of the threads.
  private List<CompletableFuture<Integer>> fillPool(GatewayClient client) {
    List<Entrance> apps =
        List.of(
            Entrance.to(server, upstream.url() + "/"), Entrance.to(server, upstream.url() + "/"));
    List<CompletableFuture<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Entrance app = apps.get(i % apps.size());
      String token = app.token().with("sub", "person-" + i).signed();
      calls.add(
          CompletableFuture.supplyAsync(() -> client.get(app.url() + "/", token).statusCode()));
    }
    return calls;
  }

  private static int waiting(Connection database) {
    try (var found =
        database
            .createStatement()
            .executeQuery(
                "select count(*) from pg_locks where not granted and locktype = 'relation'")) {
      found.next();
      return found.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void cookieWhenItNamesAnUnknownKeyThenLimitedAndAGoodOneEnters() {
    enter();
    String good = cookie();

    for (int i = 0; i < LIMIT; i++) {
      assertThat(asked(otherKey(good))).isEqualTo("401 app-sign-in-needed");
    }

    assertThat(asked(otherKey(good))).isEqualTo("429 too-many-requests");
    // What is behind it must be looked up again, because the rules have changed.
    changeConfig(Map.of("usernameClaims", List.of("sub")));
    assertThat(asked(good)).startsWith("200 ");
  }
}
