package dev.sallyport.login;

import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.persistence.Sql;
import dev.sallyport.persistence.SqlFixture;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.Unique;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The first administrator by group. The server is this test's own: there is a time without any.
class FirstAdminOwnServerIT {
  private static final String WAITING =
      "select pid::text from pg_stat_activity where pg_blocking_pids(pid) @> array[pg_backend_pid()]";

  private RunningServer server;

  @BeforeEach
  void start() {
    server = RunningServer.start(Map.of("SALLYPORT_FIRST_ADMIN_GROUPS", "founders"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// Somebody with a provider and a browser of their own.
  private final class Visitor implements AutoCloseable {
    private final FakeIdp idp = FakeIdp.start();
    private final HttpBrowser browser = new HttpBrowser(server);
    private final String provider;

    Visitor(String group) {
      idp.claim("groups", List.of(group));
      Map<String, Object> input = idp.provider(Unique.name("Corp"));
      Rest.Answer made = Rest.admin(server).post("auth/oidc/providers", input);
      assertThat(made.status()).as(made.text()).isEqualTo(201);
      provider = made.at("/id");
    }

    /// The roles after signing in.
    List<String> signIn() {
      String login = "/auth/oidc/login?provider=" + provider;
      FakeIdp.Asked asked = idp.asked(location(browser.get(login)));
      browser.get("/auth/oidc/callback?" + idp.answer(asked));
      return get("auth/me").at("/assignments").findValuesAsString("role");
    }

    JsonNode get(String path) {
      return new JsonMapper().readTree(browser.get("/api/v1/" + path).body());
    }

    @Override
    public void close() {
      browser.close();
      idp.close();
    }
  }

  private void endAdmins() {
    String end =
        "update assignment set expires_at = now() - interval '1 second' where role_id = 'r-admin'";
    try (var connection = TestDatabase.connect(server);
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(end)).isPositive();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// As whoever takes roles away does: else the two could wait for each other in a circle.
  private void assertAdminsAreLockedBeforeThePerson(Visitor visitor) throws SQLException {
    CompletableFuture<List<String>> signIn;
    try (Connection transaction = TestDatabase.connect(server)) {
      transaction.setAutoCommit(false);
      Sql sql = SqlFixture.over(transaction);
      sql.lock("admins");
      signIn = CompletableFuture.supplyAsync(visitor::signIn);
      Await.until(
          "the sign-in waits", () -> sql.first(WAITING, row -> row.text("pid")).isPresent());
      assertThat(sql.query("select id from app_user for update nowait", row -> row.text("id")))
          .isNotEmpty();
    }
    assertThat(signIn.join()).isEmpty();
  }

  @Test
  void signInWhenNobodyAdministersThenTheFirstOfTheGroupDoes() throws SQLException {
    try (Visitor founder = new Visitor("founders");
        Visitor late = new Visitor("founders");
        Visitor other = new Visitor("guests")) {
      assertThat(founder.signIn()).as("while there is an admin").isEmpty();
      assertAdminsAreLockedBeforeThePerson(founder);

      endAdmins();

      assertThat(other.signIn()).as("of another group").isEmpty();
      assertThat(founder.signIn()).containsExactly("r-admin");
      assertThat(late.signIn()).as("who comes second").isEmpty();
      assertThat(founder.get("audit?event=bootstrap.oidc_first_admin").at("/items")).hasSize(1);
    }
  }
}
