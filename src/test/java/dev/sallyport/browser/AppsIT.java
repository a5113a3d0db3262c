package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.crypto.Secret;
import dev.sallyport.launcher.AdminApi;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.DeadPort;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@BrowserTest
class AppsIT {
  @Test
  void registerThenShowsWhereClientsCallIt(RunningServer server, Console console) {
    String name = new Seeds(server).app() + "-new";
    console.signIn(server.adminKey());
    console.open("/apps");
    console.button("Register an app").click();
    Locator dialog = dialog(console);
    dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(false)).first().fill(name);
    dialog
        .getByLabel("Address", new Locator.GetByLabelOptions().setExact(true))
        .fill("mcp+http://127.0.0.1:9/mcp");
    button(dialog, "Add label").click();
    dialog.getByLabel("key").fill("env");
    dialog.getByLabel("value").fill("demo");
    button(dialog, "Register").click();

    assertThat(console.page()).hasURL(server.base() + "/app/" + name);
    String url = server.base() + "/mcp/apps/" + name;
    assertThat(console.page().locator(".sp-code").first())
        .containsText("claude mcp add --transport http " + name + " " + url);
    assertThat(console.text("/.well-known/oauth-protected-resource/mcp/apps/" + name)).isVisible();
    assertThat(app(server, name).get("labels").get("env").asString()).isEqualTo("demo");
  }

  @Test
  void registerWhenFieldsAreWrongThenSaysSoAtTheFields(RunningServer server, Console console) {
    console.signIn(server.adminKey());
    console.open("/apps");
    console.button("Register an app").click();
    Locator dialog = dialog(console);
    dialog
        .getByLabel("Address", new Locator.GetByLabelOptions().setExact(true))
        .fill("mcp+http://one.example/mcp");
    button(dialog, "Add upstream").click();
    dialog.getByLabel("http://host:port/path").fill("http://other.example/mcp");
    button(dialog, "Register").click();

    assertThat(dialog.getByText("must be 1 to 63 of a-z", anyCase())).hasCount(2);
    assertThat(dialog.getByText("must be on the app's host", anyCase())).isVisible();
  }

  @Test
  void changeWhenSomebodyWasFasterThenKeepsTheirs(RunningServer server, Console console) {
    String name = new Seeds(server).app();
    console.signIn(server.adminKey());
    console.open("/app/" + name);
    console.button("Change").click();
    Locator dialog = dialog(console);
    assertThat(dialog.getByLabel("Description")).isVisible();
    changeOverRest(server, name, "theirs");
    dialog.getByLabel("Description").fill("mine");
    button(dialog, "Save").click();

    assertThat(console.text("Changed meanwhile")).isVisible();
    assertThat(app(server, name).get("description").asString()).isEqualTo("theirs");
  }

  @Test
  void appWhenUpstreamIsDownThenItsPageSaysSoAndWhy(RunningServer server, Console console) {
    try (DeadPort dead = DeadPort.open()) {
      Map<String, Object> input =
          Map.of("uri", "mcp+" + dead.url(), "traffic", Map.of("healthCheck", "tcp"));
      Entrance app = Entrance.of(server, input, Map.of());
      Await.until(
          "the upstream to be down",
          () -> app.rest().get(app.appPath()).at("/upstreams/0/health/state").equals("down"));
      console.signIn(server.adminKey());
      console.open("/app/" + app.name());

      assertThat(console.text("Down: no call goes there until it can be reached")).isVisible();
      assertThat(console.text("check: connect failed")).isVisible();
      console.button("Change").click();
      assertThat(dialog(console).locator("vaadin-select", withText("Connect"))).isVisible();
    }
  }

  @Test
  void deleteThenSaysWhatHappensAndItIsGone(RunningServer server, Console console) {
    String name = new Seeds(server).app();
    console.signIn(server.adminKey());
    console.open("/app/" + name);
    console.button("Delete").click();
    Locator question = console.page().locator("vaadin-confirm-dialog[opened]");
    assertThat(question).containsText("open streams are cut");
    question.locator("vaadin-button[slot='confirm-button']").click();

    assertThat(console.page()).hasURL(server.base() + "/apps");
    try (AdminApi api = server.api()) {
      assertThat(api.get("apps").body().findValuesAsString("name")).doesNotContain(name);
    }
  }

  @Test
  void searchThenShowsWhatFitsOnly(RunningServer server, Console console) {
    String name = new Seeds(server).app();
    console.signIn(server.adminKey());
    console.open("/apps");
    console.page().getByLabel("Search apps").fill(name);
    Locator links = console.page().locator("vaadin-grid a[href*='app/']:visible");
    assertThat(links).hasCount(1);
    assertThat(links).hasText(name);
  }

  @Test
  void searchForALabelWithinAScopeThenShowsWhatHasBoth(RunningServer server, Console console) {
    String team = Unique.name("team");
    Rest rest = Rest.admin(server);
    String inside = app(rest, Map.of("team", team, "env", "prod"));
    String other = app(rest, Map.of("team", team, "env", "test"));
    app(rest, Map.of("team", team + "-else", "env", "prod"));
    Map<String, Object> key =
        Map.of("name", team, "role", "r-viewer", "scope", Map.of("team", List.of(team, "nowhere")));
    console.signIn(new Secret(rest.post("auth/keys", key).at("/key")));
    console.open("/apps");
    assertThat(console.total()).hasText("2 apps");
    Locator links = console.page().locator("vaadin-grid a[href*='app/']:visible");
    assertThat(links).hasText(Stream.of(inside, other).sorted().toArray(String[]::new));

    console.page().getByLabel("Search apps").fill("Env=PROD");
    assertThat(console.total()).hasText("1 app");
    assertThat(links).hasText(inside);
    console.page().getByLabel("Search apps").fill("no such thing");
    assertThat(console.heading("No app matches")).isVisible();
  }

  private static String app(Rest rest, Map<String, String> labels) {
    String name = Unique.name("scoped");
    Rest.Answer made =
        rest.post("apps", Map.of("name", name, "uri", "http://127.0.0.1:9/", "labels", labels));
    return made.at("/name");
  }

  @Test
  void viewerThenSeesNoButtonsToChange(RunningServer server, Console console) {
    String name = new Seeds(server).app();
    console.signIn(new Seeds(server).key("r-viewer"));
    console.open("/app/" + name);
    assertThat(console.heading(name)).isVisible();
    assertThat(console.button("Change")).hasCount(0);
    assertThat(console.button("Delete")).hasCount(0);
    console.open("/apps");
    assertThat(console.heading("Apps")).isVisible();
    assertThat(console.button("Register an app")).hasCount(0);
  }

  private static void changeOverRest(RunningServer server, String name, String description) {
    JsonNode app = app(server, name);
    try (AdminApi api = server.api()) {
      AdminApi.Answer answer =
          api.put(
              "apps/" + app.get("id").asString(),
              "\"" + app.get("revision").asLong() + "\"",
              Map.of(
                  "name", name,
                  "uri", app.get("uri").asString(),
                  "description", description));
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  private static JsonNode app(RunningServer server, String name) {
    try (AdminApi api = server.api()) {
      for (JsonNode app : api.get("apps").body().get("items")) {
        if (app.get("name").asString().equals(name)) {
          return app;
        }
      }
    }
    throw new AssertionError("There is no app " + name);
  }

  private static Locator dialog(Console console) {
    return console.page().getByRole(AriaRole.DIALOG);
  }

  private static Locator button(Locator within, String name) {
    return within.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator.GetByTextOptions anyCase() {
    return new Locator.GetByTextOptions().setExact(false);
  }

  private static Locator.LocatorOptions withText(String text) {
    return new Locator.LocatorOptions().setHasText(text);
  }
}
