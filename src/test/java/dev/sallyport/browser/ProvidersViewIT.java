package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestIssuer;
import dev.sallyport.testing.Unique;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The pages about sign-in providers and group mappings.
@BrowserTest
class ProvidersViewIT {
  private final FakeIdp idp = FakeIdp.start();
  private final String name = Unique.name("Corp");

  @AfterEach
  void close() {
    idp.close();
  }

  private String stored(RunningServer server) {
    Rest.Answer made = Rest.admin(server).post("auth/oidc/providers", idp.provider(name));
    return made.at("/id");
  }

  @Test
  void newWhenTestedAndCreatedThenListed(RunningServer server, Console console) {
    console.signIn(server.adminKey());
    console.open("/sign-in-providers/new");
    console.page().getByLabel("Name").first().fill(name);
    console.field("Issuer").fill(idp.issuer());
    console.field("Client id").fill(FakeIdp.CLIENT);
    console.field("Client secret").fill(FakeIdp.SECRET);
    assertThat(console.text(server.base() + "/auth/oidc/callback")).isVisible();
    console.button("Test").click();
    assertThat(console.text("People can sign in.")).isVisible();
    assertThat(row(console, "Issuer equal")).containsText("OK");

    console.button("Create").click();
    assertThat(console.page()).hasURL(server.base() + "/sign-in-providers");
    assertThat(console.cells(name)).hasCount(1);
  }

  @Test
  void testWhenTheIssuerDiffersThenShowsTheFailedStep(RunningServer server, Console console) {
    idp.says("issuer", idp.issuer() + "/");
    console.signIn(server.adminKey());
    console.open("/sign-in-providers/new");
    console.field("Issuer").fill(idp.issuer());
    console.button("Test").click();

    assertThat(row(console, "Issuer equal")).containsText("Only the slash at the end differs");
    assertThat(console.text("People can't sign in with this yet")).isVisible();
  }

  @Test
  void newWhenFieldsAreWrongThenSaysSoAtTheFields(RunningServer server, Console console) {
    console.signIn(server.adminKey());
    console.open("/sign-in-providers/new");
    console.button("Create").click();

    assertThat(console.text("Must be 1 to 60 characters")).isVisible();
    assertThat(console.text("Must be the client's secret")).isVisible();
  }

  @Test
  void providerWhenRefreshedThenItsKeysAreShown(RunningServer server, Console console) {
    String id = stored(server);
    console.signIn(server.adminKey());
    console.open("/sign-in-providers/" + id);
    console.button("Refresh").click();

    assertThat(console.text("Discovery and keys refreshed.")).isVisible();
    assertThat(console.text("1 usable")).isVisible();
  }

  @Test
  void trustForAppsThenTheConfigsFormKnowsTheIssuer(RunningServer server, Console console) {
    String id = stored(server);
    console.signIn(server.adminKey());
    console.open("/sign-in-providers/" + id);
    console.button("Trust for apps").click();

    Locator issuer =
        console
            .page()
            .getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Issuer (iss)"));
    assertThat(issuer).hasValue(idp.issuer());
  }

  @Test
  void deleteThenAsksAndItIsGone(RunningServer server, Console console) {
    String id = stored(server);
    console.signIn(server.adminKey());
    console.open("/sign-in-providers/" + id);
    console.button("Delete").click();
    Locator dialog = console.page().getByRole(AriaRole.ALERTDIALOG);
    assertThat(dialog).containsText("Nobody can sign in with it any more.");
    assertThat(dialog.getByRole(AriaRole.CHECKBOX)).not().isChecked();
    button(dialog, "Delete").click();

    assertThat(console.text("“" + name + "” deleted.")).isVisible();
    assertThat(console.cells(name)).hasCount(0);
  }

  @Test
  void deleteWhenPeopleAreActiveThenOnlyWithDeactivation(RunningServer server, Console console) {
    String id = stored(server);
    try (HttpBrowser browser = new HttpBrowser(server)) {
      String asked = HttpBrowser.location(browser.get("/auth/oidc/login?provider=" + id));
      browser.get("/auth/oidc/callback?" + idp.answer(idp.asked(asked)));
      assertEquals(200, browser.get("/api/v1/auth/me").statusCode());
      console.signIn(server.adminKey());
      console.open("/sign-in-providers/" + id);
      console.button("Delete").click();
      Locator dialog = console.page().getByRole(AriaRole.ALERTDIALOG);
      button(dialog, "Delete").click();
      assertThat(console.text("1 active person signs in with " + name)).isVisible();

      console.button("Delete").click();
      dialog.getByRole(AriaRole.CHECKBOX).check();
      button(dialog, "Delete").click();
      assertThat(console.page()).hasURL(server.base() + "/sign-in-providers");
      assertThat(console.cells(name)).hasCount(0);
      assertEquals(401, browser.get("/api/v1/auth/me").statusCode());
    }
  }

  private static Locator button(Locator where, String name) {
    return where.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void mappingWhenAddedThenThePreviewKnowsItAndRemovedThenGone(
      RunningServer server, Console console) {
    stored(server);
    console.signIn(server.adminKey());
    console.open("/group-mappings");
    assertThat(console.page().locator(".sp-caution", new Page.LocatorOptions().setHasText(name)))
        .isVisible();
    console.button("Add group mapping").click();
    Locator dialog = console.page().getByRole(AriaRole.DIALOG);
    choose(dialog, "Provider", name);
    group(console, name + "-eng");
    choose(dialog, "Role", "r-viewer");
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Add").setExact(true))
        .click();
    assertThat(console.cells(name + "-eng")).hasCount(1);

    String token =
        TestIssuer.create().token("x").with("groups", List.of(name + "-eng", "others")).signed();
    choose(console.page().locator(".sp-view > .sp-section"), "Provider", name);
    console.page().getByLabel("Or an ID or access token of somebody").fill(token);
    console.button("Show").click();
    assertThat(console.text("gives r-viewer")).isVisible();
    assertThat(console.text("gives nothing")).isVisible();

    console.button("Remove r-viewer from " + name + "-eng").click();
    console
        .page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remove").setExact(true))
        .click();
    assertThat(console.cells(name + "-eng")).hasCount(0);
  }

  @Test
  void previewWhenSomebodySignedInLatelyThenShowsWhatTheyWouldGet(
      RunningServer server, Console console) {
    String id = stored(server);
    String group = name + "-eng";
    Rest.Answer mapped =
        Rest.admin(server)
            .post(
                "auth/oidc/group-mappings",
                Map.of("providerId", id, "group", group, "roleId", "r-viewer"));
    assertEquals(201, mapped.status());
    idp.claim("name", name + " Ann").claim("groups", List.of(group, name + "-others"));
    try (HttpBrowser browser = new HttpBrowser(server)) {
      String asked = HttpBrowser.location(browser.get("/auth/oidc/login?provider=" + id));
      browser.get("/auth/oidc/callback?" + idp.answer(idp.asked(asked)));
      assertEquals(200, browser.get("/api/v1/auth/me").statusCode());
    }
    console.signIn(server.adminKey());
    console.open("/group-mappings");
    choose(console.page().locator(".sp-view > .sp-section"), "Provider", name);

    Locator people =
        console
            .page()
            .getByRole(
                AriaRole.COMBOBOX,
                new Page.GetByRoleOptions().setName("Somebody who signed in lately"));
    people.fill(name + " Ann");
    console.page().locator("vaadin-combo-box-item").getByText(name + " Ann").click();

    Locator result = console.page().locator(".sp-view > .sp-section [role=status]");
    assertThat(result.getByText("gives r-viewer")).hasCount(1);
    assertThat(result.getByText("gives nothing")).hasCount(1);
    assertThat(result).containsText(group);
    assertThat(result).containsText(name + "-others");
  }

  @Test
  void viewerThenSeesNoneOfThesePages(RunningServer server, Console console) {
    console.signInByPage(new Seeds(server).key("r-viewer"));
    assertThat(console.menu().getByText("Live sessions")).isVisible();
    assertThat(console.menu().getByText("Sign-in providers")).hasCount(0);
    assertThat(console.menu().getByText("Group mappings")).hasCount(0);
  }

  private static Locator row(Console console, String step) {
    return console.page().getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(step));
  }

  private static void group(Console console, String text) {
    Locator box =
        console.page().getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Group"));
    box.fill(text);
    box.press("Enter");
    box.press("Tab");
  }

  private static void choose(Locator where, String select, String option) {
    where.locator("vaadin-select", new Locator.LocatorOptions().setHasText(select)).click();
    where
        .page()
        .getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(option))
        .last()
        .click();
  }
}
