package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The pages about console sessions and signing keys, and what an open page notices.
@BrowserTest
class ConsoleSessionsIT {
  private static final Pattern SIGN_IN = Pattern.compile("/auth/sign-in");

  private record Holder(String name, Secret key) {}

  private static Holder holder(RunningServer server, String role) {
    String name = Unique.name("holder");
    Rest.Answer made = Rest.admin(server).post("auth/keys", Map.of("name", name, "role", role));
    return new Holder(name, new Secret(made.at("/key")));
  }

  /// A second browser of the same person, on a page that follows nothing by itself.
  private static Page elsewhere(RunningServer server, Console console, Secret key, String path) {
    BrowserContext other = console.page().context().browser().newContext();
    Page page = other.newPage();
    page.navigate(server.base() + "/auth/sign-in?return_to=" + path);
    if (!page.locator("#credential").isVisible()) {
      page.getByText("Use an API key").click();
    }
    page.locator("#credential").fill(key.reveal());
    page.locator("#go").click();
    assertThat(page).hasURL(server.base() + path);
    return page;
  }

  @Test
  void endFromListThenTheOpenPageElsewhereGoesToSignIn(RunningServer server, Console console) {
    Holder holder = holder(server, "r-viewer");
    Page open = elsewhere(server, console, holder.key(), "/apps");
    console.signIn(server.adminKey());
    console.open("/console-sessions");
    console.page().getByLabel("Search by who is signed in").fill(holder.name());
    assertThat(console.total()).hasText("1 session");

    console.button("End the session of " + holder.name()).click();
    assertThat(console.text("End this console session?")).isVisible();
    console.button("End session").click();

    assertThat(console.text("Session ended.")).isVisible();
    assertThat(console.total()).hasText("0 sessions");
    assertThat(open).hasURL(SIGN_IN);
    assertThat(open.getByText("This console session was ended")).isVisible();
    open.context().close();
  }

  @Test
  void listChangesUnderThePointerThenTheButtonIsStillTheSame(
      RunningServer server, Console console) {
    Holder holder = holder(server, "r-viewer");
    elsewhere(server, console, holder.key(), "/apps").context().close();
    elsewhere(server, console, holder.key(), "/apps").context().close();
    console.signIn(server.adminKey());
    console.open("/console-sessions");
    console.page().getByLabel("Search by who is signed in").fill(holder.name());
    assertThat(console.total()).hasText("2 sessions");
    Locator buttons = console.button("End the session of " + holder.name());
    assertThat(buttons).hasCount(2);
    ElementHandle latest = buttons.first().elementHandle();

    Rest rest = Rest.admin(server);
    rest.delete("auth/sessions/" + earliest(rest, holder));

    assertThat(console.total()).hasText("1 session");
    latest.click();
    assertThat(console.text("End this console session?")).isVisible();
  }

  private static String earliest(Rest rest, Holder holder) {
    JsonNode items = rest.get("auth/sessions?all=true&actor=" + holder.name()).json().get("items");
    return items.get(items.size() - 1).get("id").asString();
  }

  @Test
  void openWhenPermissionIsMissingThenNotInMenu(RunningServer server, Console console) {
    console.signInByPage(holder(server, "r-viewer").key());

    assertThat(console.menu().getByText("My account")).isVisible();
    assertThat(console.menu().getByText("Console sessions")).hasCount(0);
    assertThat(console.menu().getByText("Signing keys")).hasCount(0);
  }

  @Test
  void rotateKeyThenTheNewOneIsActiveAndNobodyIsOut(RunningServer server, Console console) {
    console.signIn(server.adminKey());
    console.open("/signing-keys");
    console.button("Rotate the key for Console cookies").click();
    assertThat(console.text("nobody is signed out")).isVisible();
    console
        .page()
        .getByRole(AriaRole.ALERTDIALOG)
        .getByText("Rotate", new Locator.GetByTextOptions().setExact(true))
        .click();

    assertThat(console.text("A new key was made.")).isVisible();
    assertThat(console.cells("Retired").first()).isVisible();
    console.open("/signing-keys");
    assertThat(console.heading("Signing keys")).isVisible();
  }
}
