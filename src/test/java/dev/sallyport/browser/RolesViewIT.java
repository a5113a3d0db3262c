package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.launcher.AdminApi;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@BrowserTest
class RolesViewIT {
  @Test
  void createWhenNothingIsTickedThenSaysSoAndHoldsWhatIsTickedNext(
      RunningServer server, Console console) {
    String name = Unique.name("Deployer");
    console.signIn(server.adminKey());
    console.open("/roles");
    console.button("New role").click();
    Locator dialog = dialog(console);
    button(dialog, "Create").click();
    assertThat(dialog.getByText("Must name at least one permission.")).isVisible();
    assertThat(dialog.getByText("Must have 1 to 100 characters")).isVisible();

    dialog.getByLabel("Name").fill(name);
    tick(dialog, "app.read");
    tick(dialog, "app.edit");
    button(dialog, "Create").click();

    assertThat(console.text("“" + name + "” created.")).isVisible();
    assertThat(console.cells(name)).isVisible();
    assertThat(role(server, name).get("permissions").valueStream().map(JsonNode::asString))
        .containsExactly("app.edit", "app.read");
  }

  @Test
  void changeThenItHolds(RunningServer server, Console console) {
    String name = Unique.name("Changed");
    created(server, "auth/roles", Map.of("name", name, "permissions", List.of("app.read")));
    console.signIn(server.adminKey());
    console.open("/roles");
    console.button("Change " + name).click();
    Locator dialog = dialog(console);
    tick(dialog, "audit.read");
    button(dialog, "Save").click();

    assertThat(console.text("“" + name + "” changed.")).isVisible();
    assertThat(role(server, name).get("permissions").valueStream().map(JsonNode::asString))
        .containsExactly("app.read", "audit.read");
  }

  @Test
  void systemRolesThenCanOnlyBeCopied(RunningServer server, Console console) {
    console.signIn(server.adminKey());
    console.open("/roles");

    assertThat(console.button("Copy Viewer")).isVisible();
    assertThat(console.button("Change Viewer")).hasCount(0);
    assertThat(console.button("Delete Viewer")).hasCount(0);
    console.button("Copy Viewer").click();
    assertThat(dialog(console).getByLabel("Name")).hasValue("Copy of Viewer");
    assertThat(box(dialog(console), "app.read")).isChecked();
    assertThat(box(dialog(console), "app.edit")).not().isChecked();
  }

  @Test
  void giveAndRevokeThenBothAreDoneButTheKeysOwnStays(RunningServer server, Console console) {
    String key = Unique.name("key");
    JsonNode made = created(server, "auth/keys", Map.of("name", key, "role", "r-auditor"));
    String id = made.get("id").asString();
    console.signIn(server.adminKey());
    console.open("/roles?kind=api-key&actor=" + id);
    assertThat(console.total()).hasText("1 assignment");
    assertThat(console.cells("The key's own")).isVisible();
    assertThat(console.button("Revoke")).hasCount(0);

    console.button("Give a role").click();
    Locator dialog = dialog(console);
    choose(console, dialog, "Role", "Viewer");
    dialog.getByLabel("Only for apps with these labels").check();
    dialog.getByLabel("label", exactly()).fill("env");
    dialog.getByLabel("one of these values").fill("test");
    dialog.getByLabel("one of these values").press("Enter");
    button(dialog, "Give").click();

    assertThat(console.text("“Viewer” given to " + key + ".")).isVisible();
    assertThat(console.total()).hasText("2 assignments");
    assertThat(console.cells("env = test")).isVisible();
    JsonNode given = assignments(server, id).getFirst();
    assertThat(given.get("scope").toString()).isEqualTo("{\"env\":[\"test\"]}");

    console.button("Revoke Viewer of " + key).click();
    Locator question = console.page().locator("vaadin-confirm-dialog[opened]");
    assertThat(question).containsText("Where: env = test.");
    question.locator("vaadin-button[slot='confirm-button']").click();
    assertThat(console.text("“Viewer” of " + key + " revoked.")).isVisible();
    assertThat(console.total()).hasText("1 assignment");
    assertThat(assignments(server, id)).hasSize(1);
  }

  @Test
  void giveWhenNothingIsChosenThenSaysSoAtTheFields(RunningServer server, Console console) {
    console.signIn(server.adminKey());
    console.open("/roles?role=r-auditor");
    console.button("Give a role").click();
    Locator dialog = dialog(console);
    button(dialog, "Give").click();

    assertThat(dialog.getByText("Must name a user that exists and is live.")).isVisible();
  }

  @Test
  void readerThenSeesNoButtonsToChange(RunningServer server, Console console) {
    String name = Unique.name("Reader");
    JsonNode role =
        created(
            server, "auth/roles", Map.of("name", name, "permissions", List.of("auth.role.list")));
    console.signIn(new Seeds(server).key(role.get("id").asString()));
    console.open("/roles");

    assertThat(console.heading("Roles")).isVisible();
    assertThat(console.cells("Viewer")).isVisible();
    assertThat(console.button("New role")).hasCount(0);
    assertThat(console.button("Copy Viewer")).hasCount(0);
    console.open("/roles?role=r-admin");
    assertThat(console.total()).isVisible();
    assertThat(console.button("Give a role")).hasCount(0);
    assertThat(console.button("Revoke")).hasCount(0);
  }

  private static Locator dialog(Console console) {
    return console.page().getByRole(AriaRole.DIALOG);
  }

  private static Locator button(Locator within, String name) {
    return within.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator box(Locator dialog, String permission) {
    return dialog.getByRole(
        AriaRole.CHECKBOX, new Locator.GetByRoleOptions().setName(permission).setExact(true));
  }

  private static void tick(Locator dialog, String permission) {
    box(dialog, permission).check();
  }

  private static void choose(Console console, Locator dialog, String label, String item) {
    dialog.getByLabel(label, exactly()).click();
    console
        .page()
        .getByRole(AriaRole.OPTION)
        .getByText(item, new Locator.GetByTextOptions().setExact(true))
        .click();
  }

  private static Locator.GetByLabelOptions exactly() {
    return new Locator.GetByLabelOptions().setExact(true);
  }

  private static JsonNode created(RunningServer server, String path, Map<String, ?> body) {
    try (AdminApi api = server.api()) {
      AdminApi.Answer answer = api.post(path, body);
      assertThat(answer.status()).isEqualTo(201);
      return answer.body();
    }
  }

  private static JsonNode role(RunningServer server, String name) {
    try (AdminApi api = server.api()) {
      Optional<JsonNode> found =
          api.get("auth/roles")
              .body()
              .get("items")
              .valueStream()
              .filter(role -> role.get("name").asString().equals(name))
              .findFirst();
      return found.orElseThrow();
    }
  }

  private static List<JsonNode> assignments(RunningServer server, String actorId) {
    try (AdminApi api = server.api()) {
      return api.get("auth/assignments?actor=" + actorId)
          .body()
          .get("items")
          .valueStream()
          .toList();
    }
  }
}
