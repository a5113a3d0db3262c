package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A key's life in the console: made, narrowed, rotated, revoked.
@BrowserTest
class ApiKeysViewIT {
  @Test
  void createThenTheKeyIsShownOnceAndWorks(RunningServer server, Console console) {
    String name = Unique.name("ci");
    console.signIn(server.adminKey());
    console.open("/api-keys");
    console.button("New key").click();
    Locator dialog = dialog(console);
    dialog.getByLabel("Name").fill(name);
    choose(console, dialog, "Role", "r-viewer");
    button(dialog, "Make the key").click();

    Locator shown = dialog(console);
    assertThat(shown).containsText("The key “" + name + "”");
    String key = shown.locator("code, pre").first().innerText().strip();
    assertThat(key).startsWith("sp_");
    button(shown, "I have copied it").click();
    assertThat(console.text(key)).hasCount(0);
    search(console, name);
    assertThat(console.cells("r-viewer")).isVisible();
    Rest holder = Rest.admin(server).with(new Secret(key));
    assertThat(holder.get("auth/me").at("/name")).isEqualTo(name);
  }

  @Test
  void createWhenNothingIsFilledInThenSaysSoAtTheFields(RunningServer server, Console console) {
    console.signIn(server.adminKey());
    console.open("/api-keys");
    console.button("New key").click();
    Locator dialog = dialog(console);
    button(dialog, "Make the key").click();

    assertThat(dialog.getByText("Must have 1 to 100 characters")).isVisible();
  }

  @Test
  void rotateThenTheOldValueIsWorthNothing(RunningServer server, Console console) {
    String name = Unique.name("rotated");
    Rest admin = Rest.admin(server);
    Rest.Answer made = admin.post("auth/keys", Map.of("name", name, "role", "r-viewer"));
    console.signIn(server.adminKey());
    console.open("/api-keys");
    search(console, name);
    console.button("Rotate " + name).click();
    dialog(console).getByLabel("Ends at once").check();
    button(dialog(console), "Rotate").click();

    Locator shown = console.page().getByRole(AriaRole.DIALOG).last();
    assertThat(shown).containsText("The key “" + name + "”");
    String fresh = shown.locator("code, pre").first().innerText().strip();
    button(shown, "I have copied it").click();
    assertThat(admin.with(new Secret(fresh)).get("auth/me").status()).isEqualTo(200);
    assertThat(admin.with(new Secret(made.at("/key"))).get("auth/me").status()).isEqualTo(401);
  }

  @Test
  void narrowThenItMayDoLess(RunningServer server, Console console) {
    String name = Unique.name("narrowed");
    Rest.Answer made =
        Rest.admin(server).post("auth/keys", Map.of("name", name, "role", "r-operator"));
    console.signIn(server.adminKey());
    console.open("/api-keys");
    search(console, name);
    console.button("Narrow " + name).click();
    Locator dialog = dialog(console);
    choose(console, dialog, "Role", "r-viewer");
    button(dialog, "Narrow").click();

    assertThat(console.text("“" + name + "” may do less now.")).isVisible();
    assertThat(Rest.admin(server).get("auth/keys/" + made.at("/id")).at("/role"))
        .isEqualTo("r-viewer");
  }

  @Test
  void revokeThenGone(RunningServer server, Console console) {
    String name = Unique.name("revoked");
    Rest admin = Rest.admin(server);
    Rest.Answer made = admin.post("auth/keys", Map.of("name", name, "role", "r-viewer"));
    console.signIn(server.adminKey());
    console.open("/api-keys");
    search(console, name);
    console.button("Revoke " + name).click();
    Locator question = console.page().locator("vaadin-confirm-dialog[opened]");
    assertThat(question).containsText("refused from the next call on");
    question.locator("vaadin-button[slot='confirm-button']").click();

    assertThat(console.text("“" + name + "” revoked.")).isVisible();
    assertThat(console.total()).hasText("0 keys");
    assertThat(admin.get("auth/keys/" + made.at("/id")).status()).isEqualTo(404);
  }

  @Test
  void readerThenSeesNoButtonsToChange(RunningServer server, Console console) {
    Rest admin = Rest.admin(server);
    Rest.Answer role =
        admin.post(
            "auth/roles",
            Map.of("name", Unique.name("reader"), "permissions", List.of("auth.key.list")));
    console.signIn(new Seeds(server).key(role.at("/id")));
    console.open("/api-keys");

    assertThat(console.total()).isVisible();
    assertThat(console.button("New key")).hasCount(0);
    assertThat(console.button("Revoke")).hasCount(0);
    assertThat(console.button("Rotate")).hasCount(0);
  }

  private static void search(Console console, String name) {
    console.field("Search keys").fill(name);
    assertThat(console.total()).hasText("1 key");
  }

  private static Locator dialog(Console console) {
    return console.page().getByRole(AriaRole.DIALOG);
  }

  private static Locator button(Locator within, String name) {
    return within.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void choose(Console console, Locator dialog, String label, String item) {
    dialog.getByLabel(label, new Locator.GetByLabelOptions().setExact(true)).click();
    console
        .page()
        .getByRole(AriaRole.OPTION)
        .getByText(item, new Locator.GetByTextOptions().setExact(true))
        .click();
  }
}
