package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.RemoteMcp;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where an admin sets an app to connections, and adds OAuth clients.
@BrowserTest
class ConnectPanelIT {
  private final RemoteMcp mcp = RemoteMcp.start();

  @AfterEach
  void close() {
    mcp.close();
  }

  private void openApp(RunningServer server, Console console) {
    Entrance entrance = Entrance.to(server, "mcp+" + mcp.url());
    console.signIn(server.adminKey());
    console.open("/app/" + entrance.name() + "/upstream-credential");
    console.page().getByLabel("Upstreams get").click();
    console
        .page()
        .getByRole(
            AriaRole.OPTION,
            new Page.GetByRoleOptions().setName("The caller's own account at the app"))
        .click();
  }

  private static Locator row(Console console, String step) {
    return console
        .page()
        .getByRole(AriaRole.ROW)
        .filter(new Locator.FilterOptions().setHasText(step));
  }

  @Test
  void discoverThenShowsEachStepAndTheClient(RunningServer server, Console console) {
    openApp(server, console);
    console.button("Discover").click();

    assertThat(console.text("All is well up to the authorization server's sign-in page."))
        .isVisible();
    assertThat(row(console, "What tokens are for")).containsText(mcp.url());
    assertThat(row(console, "Sallyport's client")).containsText("registers itself");
    assertThat(console.text(server.base() + "/oauth/connect/callback").first()).isVisible();
    console.button("Save").click();
    assertThat(console.text("Saved.")).isVisible();
  }

  @Test
  void discoverWhenAStepFailsThenSaysSo(RunningServer server, Console console) {
    mcp.metadata("code_challenge_methods_supported", "");
    openApp(server, console);
    console.button("Discover").click();

    assertThat(console.text("People can't connect to this app yet")).isVisible();
    assertThat(row(console, "PKCE")).containsText("Failed");
  }

  @Test
  void clientWhenAddedThenListed(RunningServer server, Console console) {
    String issuer = "https://" + Unique.name("idp") + ".example";
    console.signIn(server.adminKey());
    console.open("/connected-accounts/clients");
    console.button("New client").click();
    console.button("Create").click();
    assertThat(console.text("Must be the client's secret").last()).isVisible();
    console.field("Authorization server").fill(issuer);
    console.field("Client id").fill("gateway");
    console.field("Client secret").fill("s3cret");
    assertThat(console.text(server.base() + "/oauth/connect/callback/")).isVisible();
    console.button("Create").click();
    assertThat(console.cells(issuer)).hasCount(1);
  }
}
