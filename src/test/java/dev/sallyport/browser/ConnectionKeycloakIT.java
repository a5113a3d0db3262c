package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.ProtectedServer;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.demo.DemoClient;
import dev.sallyport.testing.keycloak.Keycloak;
import dev.sallyport.testing.keycloak.KeycloakRealm;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A person's own account at an MCP server on the npm SDK, which takes tokens of a Keycloak realm
/// that knows nothing of this gateway. The person signs in here with another realm. Realms take
/// their time: the tests share them, and each has a person of its own.
@BrowserTest
@ExtendWith(Keycloak.Extension.class)
@TestInstance(Lifecycle.PER_CLASS)
class ConnectionKeycloakIT {
  private static final JsonMapper JSON = new JsonMapper();

  private KeycloakRealm people;
  private KeycloakRealm remote;
  private ProtectedServer server;
  private Entrance entrance;
  private KeycloakSignIn signIn;

  @BeforeAll
  void open(RunningServer running, Keycloak keycloak) {
    people = keycloak.realm(running);
    remote = keycloak.realm(running);
    server = ProtectedServer.start(remote.issuer());
    remote.protect(server.url());
    Map<String, Object> jwt =
        Map.of(
            "issuer", people.issuer(),
            "audience", people.audience(),
            "jwksUrl", people.jwksUri());
    entrance = Entrance.of(running, Map.of("uri", "mcp+" + server.url()), Map.of("jwt", jwt));
    String path = entrance.appPath() + "/upstream-credential";
    Rest rest = entrance.rest();
    Rest.Answer set = rest.put(path, rest.get(path).etag(), Map.of("kind", "connection"));
    assertThat(set.status()).as(set.text()).isEqualTo(200);
  }

  @BeforeEach
  void trust(RunningServer running, Console console) {
    signIn = new KeycloakSignIn(running, console, people);
  }

  @AfterEach
  void forget() {
    signIn.close();
  }

  @AfterAll
  void close() {
    server.close();
  }

  private CallToolResult call(String token) {
    // A session of its own each time: one that began before the account was connected is over then.
    try (DemoClient agent = DemoClient.withBearer(entrance.url(), token)) {
      return agent.call("whoami", Map.of());
    }
  }

  /// What the server says of the token that it got.
  private JsonNode whoami(String token) {
    CallToolResult answer = call(token);
    assertThat(answer.isError()).as(answer.toString()).isNotEqualTo(true);
    return JSON.readTree(DemoClient.text(answer));
  }

  /// The link of a call that can't be answered yet.
  private String link(String token) {
    return JSON.valueToTree(call(token).structuredContent()).at("/auth_url").asString("");
  }

  /// Follows the link: sign-in and consent page here, then the pages of the other realm.
  private void connect(Console console, String person, String token) {
    console.open(link(token));
    signIn.enter(person);
    console.button("Allow").click();
    console.page().locator("#username").fill(person);
    console.page().locator("#password").fill(remote.password().reveal());
    console.page().locator("#kc-login").click();
    // Keycloak asks as well, on behalf of a client that registered itself.
    console.button("Yes").click();
    assertThat(console.heading("Connected")).isVisible();
  }

  private static String subject(String token) {
    try {
      return SignedJWT.parse(token).getJWTClaimsSet().getSubject();
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void discoverThenEveryStepHolds() {
    Rest.Answer report =
        entrance
            .rest()
            .post(entrance.appPath() + "/connection/discover", Map.of("kind", "connection"));

    assertThat(report.at("/outcome")).as(report.text()).isEqualTo("ok");
    assertThat(report.json().get("steps").findValuesAsString("outcome")).containsOnly("ok");
    assertThat(report.at("/issuer")).isEqualTo(remote.issuer());
    assertThat(report.at("/resource")).isEqualTo(server.url());
    assertThat(report.at("/clientKind")).isEqualTo("registered");
  }

  @Test
  void callThenThePersonConnectsAndTheSameCallIsAnswered(Console console) {
    String token = people.token("alice");
    connect(console, "alice", token);

    JsonNode told = whoami(token);

    assertThat(told.at("/aud").asString()).isEqualTo(server.url());
    assertThat(told.at("/name").asString()).isEqualTo("alice");
    assertThat(told.at("/sub").asString()).isNotEqualTo(subject(token));
    assertThat(told.at("/azp").asString()).isNotEqualTo(KeycloakRealm.AGENTS);
  }

  @Test
  void connectionWhenRefreshedAndRevokedThenKeycloakTakesPart(Console console) {
    String token = people.token("bob");
    connect(console, "bob", token);
    String connection = "connections/" + connectionOf(subject(token));
    String first = whoami(token).at("/jti").asString();

    // Keycloak takes each refresh token once, and ends all when one comes again.
    for (int i = 0; i < 3; i++) {
      Rest.Answer refreshed = entrance.rest().post(connection + "/refresh", Map.of());
      assertThat(refreshed.at("/status")).as(refreshed.text()).isEqualTo("connected");
    }
    // Who comes anew gets the newest.
    assertThat(whoami(people.token("bob")).at("/jti").asString()).isNotEqualTo(first);

    assertThat(entrance.rest().delete(connection).status()).isEqualTo(200);
    Await.until(
        "it is revoked at Keycloak",
        () -> entrance.rest().get(connection).at("/revokedAtIssuer").equals("done"));
    assertThat(link(token)).startsWith(entrance.server().base());
  }

  @Test
  void refreshTokenWhenUsedAgainThenKeycloakEndsAllAndTheNextCallGetsTheLink(
      RunningServer running, Console console) throws SQLException {
    String token = people.token("carol");
    connect(console, "carol", token);
    String id = connectionOf(subject(token));
    String used = stored(running, id);
    Rest rest = entrance.rest();
    String refresh = "connections/" + id + "/refresh";
    assertThat(rest.post(refresh, Map.of()).at("/status")).isEqualTo("connected");

    restore(running, id, used);

    assertThat(rest.post(refresh, Map.of()).at("/status")).isEqualTo("auth_required");
    assertThat(link(people.token("carol"))).startsWith(entrance.server().base());
  }

  /// The refresh token, as it is encrypted.
  private static String stored(RunningServer running, String id) throws SQLException {
    try (Connection database = TestDatabase.connect(running);
        PreparedStatement read =
            database.prepareStatement("select refresh_token from connection_grant where id = ?")) {
      read.setString(1, id);
      ResultSet row = read.executeQuery();
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private static void restore(RunningServer running, String id, String token) throws SQLException {
    try (Connection database = TestDatabase.connect(running);
        PreparedStatement write =
            database.prepareStatement(
                "update connection_grant set refresh_token = ?, revision = revision + 1"
                    + " where id = ?")) {
      write.setString(1, token);
      write.setString(2, id);
      assertThat(write.executeUpdate()).isEqualTo(1);
    }
  }

  private String connectionOf(String subject) {
    Rest.Answer found = entrance.rest().get("connections?issuer=" + remote.issuer());
    for (JsonNode connection : found.json().get("items")) {
      if (connection.at("/person/subject").asString().equals(subject)) {
        return connection.get("id").asString();
      }
    }
    throw new AssertionError("No connection of " + subject + " in " + found.text());
  }
}
