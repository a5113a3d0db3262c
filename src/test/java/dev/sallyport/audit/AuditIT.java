package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every kind of change leaves a row, and no row ever changes.
@ExtendWith(RunningServer.Extension.class)
class AuditIT {
  private Rest rest;

  @BeforeEach
  void admin(RunningServer server) {
    rest = Rest.admin(server);
  }

  private List<String> events(String resource) {
    return rest.get("audit?resource=" + resource).json().get("items").findValuesAsString("event");
  }

  @Test
  void changesWhenMadeThenEachHasItsRow(RunningServer server) {
    Entrance entrance = Entrance.to(server, "https://app.example/");
    String issuer = "issuers/" + rest.get(entrance.configPath()).at("/jwt/issuerId");
    entrance.changeApp(Map.of("description", "new"));
    entrance.changeConfig(Map.of("enabled", false));
    delete(entrance.configPath());
    delete(entrance.appPath());
    delete(issuer);

    assertThat(events(entrance.name()))
        .containsExactly(
            "app.deleted",
            "app_auth_config.deleted",
            "app_auth_config.changed",
            "app.changed",
            "app_auth_config.created",
            "app.created");
    assertThat(events(issuer.substring(8))).containsExactly("issuer.deleted", "issuer.created");
  }

  private void delete(String path) {
    assertThat(rest.delete(path, rest.get(path).etag()).status()).isEqualTo(204);
  }

  @Test
  void changeWhenRefusedThenHasNoRow() {
    String name = Unique.name("app");

    rest.post("apps", Map.of("name", name, "uri", "nonsense"));

    assertThat(events(name)).isEmpty();
  }

  @Test
  void rowWhenWrittenThenSaysWhoDidWhatToWhat() {
    String name = Unique.name("app");
    rest.post("apps", Map.of("name", name, "uri", "https://app.example/"));

    Rest.Answer page = rest.get("audit?event=app.created&resource=" + name);

    assertThat(page.at("/total")).isEqualTo("1");
    assertThat(page.at("/items/0/category")).isEqualTo("config");
    assertThat(page.at("/items/0/outcome")).isEqualTo("success");
    assertThat(page.at("/items/0/actor/id")).isEqualTo(rest.get("auth/me").at("/id"));
    assertThat(page.at("/items/0/actor/kind")).isEqualTo("api-key");
    assertThat(page.at("/items/0/resource/kind")).isEqualTo("app");
    assertThat(page.at("/items/0/resource/name")).isEqualTo(name);
    assertThat(page.at("/items/0/address")).startsWith("127.");
    assertThat(page.at("/items/0/requestId")).startsWith("req_");
    assertThat(page.at("/items/0/details/uri")).isEqualTo("https://app.example/");
  }

  @Test
  void sessionWhenOpenedAndEndedThenBothAreThereWithoutTheToken(RunningServer server) {
    Entrance entrance = Entrance.to(server, "https://app.example/");
    TestToken token = entrance.token();
    open(entrance, token);
    entrance.end(entrance.session());
    open(entrance, token);

    String person = String.valueOf(token.claim("email"));
    assertThat(events(person)).containsExactly("app_session.ended", "app_session.opened");
    Await.until("the refusal is written", () -> refusals(entrance).at("/total").equals("1"));
    Rest.Answer refused = refusals(entrance);
    assertThat(refused.at("/items/0/reason")).isEqualTo("token-blocked");
    assertThat(refused.at("/items/0/outcome")).isEqualTo("denied");
    assertThat(refused.text()).doesNotContain(token.signed());
  }

  @Test
  void sessionWhenOpenedForSomebodyElseThenTheirAddressStandsBesideItsOwn(RunningServer server) {
    Entrance entrance = Entrance.to(server, "https://app.example/");
    TestToken token = entrance.token();
    open(entrance, token);
    open(entrance, token);

    String person = String.valueOf(token.claim("email"));
    assertThat(events(person)).containsExactly("app_session.joined", "app_session.opened");
    for (String event : List.of("app_session.opened", "app_session.joined")) {
      Rest.Answer row = rest.get("audit?event=" + event + "&resource=" + person);
      assertThat(row.at("/items/0/details/remoteAddress")).isEqualTo("203.0.113.7");
      assertThat(row.at("/items/0/address")).startsWith("127.");
      assertThat(row.text()).doesNotContain(token.signed());
    }
  }

  @Test
  void sessionWhenPresentedWithoutPermissionThenRefusedAndWritten(RunningServer server) {
    Entrance entrance = Entrance.to(server, "https://app.example/");
    Rest viewer = rest.holding("r-viewer");
    String actor = viewer.get("auth/me").at("/id");

    Rest.Answer answer =
        viewer.post(
            "app-sessions",
            Map.of(
                "app",
                entrance.name(),
                "jwt",
                entrance.token().signed(),
                "remoteAddress",
                "203.0.113.7"));

    assertThat(answer.status()).isEqualTo(403);
    String query = "audit?event=permission.denied&actor=" + actor;
    Await.until("the denial is written", () -> rest.get(query).at("/total").equals("1"));
    assertThat(rest.get(query).at("/items/0/details/permission")).isEqualTo("app_session.create");
  }

  private Rest.Answer refusals(Entrance entrance) {
    return rest.get("audit?event=app_session.refused&resource=" + entrance.name());
  }

  private void open(Entrance entrance, TestToken token) {
    rest.post(
        "app-sessions",
        Map.of("app", entrance.name(), "jwt", token.signed(), "remoteAddress", "203.0.113.7"));
  }

  @Test
  void denialWhenPermissionIsMissingThenItsRowNamesIt() {
    Rest viewer = rest.holding("r-viewer");
    String actor = viewer.get("auth/me").at("/id");

    viewer.post("apps", "{}");

    String query = "audit?event=permission.denied&actor=" + actor;
    Await.until("the denial is written", () -> rest.get(query).at("/total").equals("1"));
    assertThat(rest.get(query).at("/items/0/details/permission")).isEqualTo("app.edit");
    assertThat(rest.get(query).at("/items/0/reason")).isEqualTo("forbidden");
  }

  @Test
  void keyWhenMadeAndDeletedThenRowsWithoutTheKey() {
    String name = Unique.name("key");
    Rest.Answer made = rest.post("auth/keys", Map.of("name", name, "role", "r-viewer"));
    rest.delete("auth/keys/" + made.at("/id"));

    Rest.Answer rows = rest.get("audit?resource=" + name);
    assertThat(rows.json().get("items").findValuesAsString("event"))
        .containsExactly("api_key.deleted", "api_key.created");
    assertThat(rows.text()).doesNotContain(made.at("/key"));
  }

  @Test
  void listWhenWalkedPageByPageThenNeitherGapsNorDoubles() {
    String name = Unique.name("app");
    Map<String, Object> input = Map.of("name", name, "uri", "https://app.example/");
    String path = "apps/" + rest.post("apps", input).at("/id");
    for (int i = 0; i < 6; i++) {
      rest.change(path, input, Map.of("description", "change " + i));
    }

    List<String> walked = new ArrayList<>();
    String next = "";
    do {
      Rest.Answer page = rest.get("audit?limit=3&resource=" + name + next);
      page.json().get("items").forEach(row -> walked.add(row.get("id").asString()));
      next = page.json().get("next").isNull() ? "" : "&after=" + page.at("/next");
    } while (!next.isEmpty());

    assertThat(walked).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void readWhenOnlyProxyThenRefused() {
    assertThat(rest.holding("r-agent").get("audit").status()).isEqualTo(403);
    assertThat(rest.holding("r-auditor").get("audit").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_event set actor_name = 'nobody'",
        "delete from audit_event",
        "truncate audit_event",
        "truncate audit_event_first",
        "delete from audit_event_first"
      })
  void tableWhenChangedBehindTheServersBackThenRefused(String statement, RunningServer server)
      throws SQLException {
    rest.post("apps", Map.of("name", Unique.name("app"), "uri", "https://app.example/"));

    try (var connection = TestDatabase.own(server);
        var sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      assertThatThrownBy(() -> sql.execute(statement)).hasMessageContaining("append-only");
      connection.rollback();
    }
  }
}
