package dev.sallyport.appauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.TestToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// The dry run of a token: every check is listed, nothing is stored.
@ExtendWith(RunningServer.Extension.class)
class TokenTesterIT {
  private Entrance entrance;
  private Rest rest;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, "https://app.example/");
    rest = entrance.rest();
  }

  private Map<String, Object> request(TestToken token) {
    return Map.of("app", entrance.name(), "jwt", token.signed());
  }

  @Test
  void testWhenTokenIsGoodThenSaysWhomItMeans() {
    TestToken token = entrance.token();

    Rest.Answer answer = rest.post("app-auth-configs/test", request(token));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/accepted")).isEqualTo("true");
    assertThat(answer.at("/config")).isEqualTo(entrance.name());
    assertThat(answer.at("/user")).isEqualTo(token.claim("email"));
    assertThat(answer.at("/subject")).isEqualTo(token.claim("sub"));
    assertThat(answer.at("/client")).isEqualTo("agent");
    assertThat(answer.json().get("checks").findValuesAsString("outcome"))
        .hasSizeGreaterThan(15)
        .allMatch("PASSED"::equalsIgnoreCase);
    assertThat(entrance.sessions("all")).isEmpty();
  }

  @Test
  void testWhenTwoThingsAreWrongThenBothAreShown() {
    long past = Instant.now().getEpochSecond() - 500;
    TestToken token = entrance.token().with("aud", "elsewhere").with("exp", past);

    Rest.Answer answer = rest.post("app-auth-configs/test", request(token));

    assertThat(answer.at("/accepted")).isEqualTo("false");
    assertThat(failed(answer)).contains("audience", "exp");
    assertThat(answer.code()).isEqualTo("token-audience");
    assertThat(answer.text()).doesNotContain(token.signed());
  }

  private static List<String> failed(Rest.Answer answer) {
    return answer
        .json()
        .get("checks")
        .valueStream()
        .filter(check -> check.get("outcome").asString().equalsIgnoreCase("failed"))
        .map((JsonNode check) -> check.get("name").asString())
        .toList();
  }

  @Test
  void testWhenStoredConfigIsNamedThenThatOneDecides() {
    Rest.Answer answer = rest.post(entrance.configPath() + "/test", request(entrance.token()));

    assertThat(answer.at("/accepted")).isEqualTo("true");
  }

  @Test
  void testWhenStoredConfigIsDisabledThenSaysSoAndChecksTheRest() {
    entrance.changeConfig(Map.of("enabled", false));
    TestToken token = entrance.token();

    Rest.Answer answer = rest.post(entrance.configPath() + "/test", request(token));

    assertThat(answer.at("/accepted")).isEqualTo("false");
    assertThat(answer.code()).isEqualTo("token-issuer-unknown");
    assertThat(failed(answer)).containsExactly("enabled");
    assertThat(answer.text()).doesNotContainIgnoringCase("skipped");
    assertThat(failed(rest.post("app-auth-configs/test", request(token))))
        .containsExactly("issuer");
  }

  @Test
  void testWhenDraftIsDisabledAndAboutOthersThenBothAreShownAndTheRestIsChecked() {
    var draft =
        Map.of(
            "name",
            "draft",
            "enabled",
            false,
            "appLabels",
            Map.of("test", List.of("another")),
            "jwt",
            Map.of("issuer", entrance.issuer().iss(), "audience", Entrance.AUDIENCE));
    var request = Map.of("app", entrance.name(), "jwt", entrance.token().signed(), "config", draft);

    Rest.Answer answer = rest.post("app-auth-configs/test", request);

    assertThat(answer.at("/accepted")).isEqualTo("false");
    assertThat(failed(answer)).containsExactly("enabled", "labels");
    assertThat(answer.text()).doesNotContainIgnoringCase("skipped");
  }

  @Test
  void testWhenConfigIsADraftThenItDecidesAndIsNotStored() {
    var draft =
        Map.of(
            "name", "draft",
            "appLabels", Map.of("test", List.of(entrance.name())),
            "jwt", Map.of("issuer", entrance.issuer().iss(), "audience", "new-audience"));
    TestToken token = entrance.token().with("aud", "new-audience");
    var request = Map.of("app", entrance.name(), "jwt", token.signed(), "config", draft);

    assertThat(rest.post("app-auth-configs/test", request).at("/accepted")).isEqualTo("true");
    assertThat(rest.post("app-auth-configs/test", request(token)).at("/accepted"))
        .isEqualTo("false");
    assertThat(rest.get("app-auth-configs").json().findValuesAsString("name"))
        .doesNotContain("draft");
  }

  @Test
  void testWhenDraftIsWrongThenItsFieldsAreNamed() {
    var draft = Map.of("name", "", "jwt", Map.of("issuer", entrance.issuer().iss()));
    var request = Map.of("app", entrance.name(), "jwt", entrance.token().signed(), "config", draft);

    assertThat(rest.post("app-auth-configs/test", request).fields()).contains("name");
  }

  @Test
  void testWhenAppOrTokenIsMissingThenNamed() {
    assertThat(rest.post("app-auth-configs/test", Map.of("jwt", "x")).fields())
        .containsExactly("app");
    assertThat(rest.post("app-auth-configs/test", Map.of("app", entrance.name())).fields())
        .containsExactly("jwt");
  }

  @Test
  void testWhenViewerThenRefused() {
    Rest.Answer refused =
        rest.holding("r-viewer").post("app-auth-configs/test", request(entrance.token()));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.at("/detail")).contains("app_auth_config.test");
  }

  @Test
  void testThenNoPartOfTheTokenIsKeptAnywhere() throws Exception {
    long past = Instant.now().getEpochSecond() - 500;
    TestToken good = entrance.token();
    TestToken refused = entrance.token().with("aud", "elsewhere").with("exp", past);

    for (TestToken token : List.of(good, refused)) {
      rest.post("app-auth-configs/test", request(token));
      rest.post(entrance.configPath() + "/test", request(token));
      rest.post("app-auth-configs/test", "{\"jwt\":\"" + token.signed() + "\",\"x\":1}");
      rest.holding("r-auditor").post("app-auth-configs/test", request(token));
    }

    assertThat(tablesWith(entrance.name())).as("what is looked through").contains("app");
    assertThat(logsWith("INFO")).isNotEmpty();
    for (TestToken token : List.of(good, refused)) {
      String[] parts = token.signed().split("\\.");
      for (String secret : List.of(parts[1], parts[2], TestToken.hash(token.signed()))) {
        assertThat(tablesWith(secret)).isEmpty();
        assertThat(logsWith(secret)).isEmpty();
      }
    }
  }

  private List<String> tablesWith(String text) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = TestDatabase.connect(entrance.server());
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "select quote_ident(table_name) from information_schema.tables"
                  + " where table_schema = current_schema() and table_type = 'BASE TABLE'")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      assertThat(tables).contains("audit_event", "refusal", "app_session", "app_session_token");
      for (String table : tables) {
        try (ResultSet rows =
            statement.executeQuery(
                "select 1 from " + table + " t where t::text like '%" + text + "%' limit 1")) {
          if (rows.next()) {
            found.add(table);
          }
        }
      }
    }
    return found;
  }

  private List<String> logsWith(String text) throws IOException {
    Path folder = entrance.server().dataFolder().resolve("standalone/log");
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> logs = files.filter(Files::isRegularFile).toList();
      assertThat(logs).isNotEmpty();
      List<String> found = new ArrayList<>();
      for (Path log : logs) {
        if (Files.readString(log, StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(log.toString());
        }
      }
      return found;
    }
  }
}
