package dev.sallyport.login;

import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.Unique;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The first administrator by group. The server is this test's own: there is a time without any.
class FirstAdminOwnServerIT {
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

  @Test
  void signInWhenNobodyAdministersThenTheFirstOfTheGroupDoes() {
    try (Visitor founder = new Visitor("founders");
        Visitor late = new Visitor("founders");
        Visitor other = new Visitor("guests")) {
      assertThat(founder.signIn()).as("while there is an admin").isEmpty();

      endAdmins();

      assertThat(other.signIn()).as("of another group").isEmpty();
      assertThat(founder.signIn()).containsExactly("r-admin");
      assertThat(late.signIn()).as("who comes second").isEmpty();
      assertThat(founder.get("audit?event=bootstrap.oidc_first_admin").at("/items")).hasSize(1);
    }
  }
}
