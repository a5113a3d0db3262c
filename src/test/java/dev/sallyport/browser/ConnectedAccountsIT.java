package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.connections.grants.Person;
import dev.sallyport.connections.grants.SeededGrants;
import dev.sallyport.connections.grants.SeededGrants.Seed;
import dev.sallyport.testing.DemoAccounts;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TokenServer.Answer;
import dev.sallyport.testing.Unique;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The pages about accounts elsewhere: one's own, and everybody's.
@BrowserTest
class ConnectedAccountsIT {
  private final String name = Unique.name("ada");
  private RunningServer server;
  private SeededGrants grants;
  private Entrance app;

  @BeforeEach
  void open(RunningServer running) {
    server = running;
    grants = new SeededGrants(running);
    app = Entrance.to(running, "http://127.0.0.1:9/mcp");
  }

  @AfterEach
  void close() {
    grants.close();
  }

  private String appId() {
    return app.appPath().substring("apps/".length());
  }

  private void keep(String subject) {
    grants.keep(Seed.of(new Person("https://idp.example", subject), name, appId()));
  }

  private void search(Console console, int expected) {
    console.signIn(server.adminKey());
    console.open("/connected-accounts");
    console.field("Person").fill(name);
    assertThat(console.total())
        .hasText(expected + (expected == 1 ? " connected account" : " connected accounts"));
  }

  private static Locator dialog(Console console) {
    return console.page().getByRole(AriaRole.DIALOG);
  }

  private static void confirm(Console console, String verb) {
    console
        .page()
        .getByRole(AriaRole.ALERTDIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(verb).setExact(true))
        .click();
  }

  @Test
  void openThenRefreshAndDisconnect(Console console) {
    Person ada = new Person("https://idp.example", Unique.name("sub"));
    grants.keep(Seed.of(ada, name, appId()));
    grants.consent(ada, "claude", appId());
    search(console, 1);
    assertThat(console.cells("Connected")).isVisible();

    console.rows().first().click();
    assertThat(dialog(console)).containsText("claude at " + app.name() + ": read");
    assertThat(dialog(console).getByText("Connect again")).not().isVisible();
    console.button("Refresh now").click();
    assertThat(console.text("Refreshed.")).isVisible();

    console.rows().first().click();
    console.button("Disconnect…").click();
    confirm(console, "Disconnect");
    assertThat(console.text("Disconnected, also at its authorization server.")).isVisible();
    assertThat(console.cells("Ended")).isVisible();

    console.rows().first().click();
    assertThat(dialog(console)).containsText("Ended by ");
    assertThat(console.button("Refresh now")).not().isVisible();
  }

  @Test
  void refreshWhenTheServerFailsThenSaysWhy(Console console) {
    keep(Unique.name("sub"));
    grants.tokenEndpoint(new Answer(503, ""));
    search(console, 1);
    console.rows().first().click();
    console.button("Refresh now").click();
    assertThat(console.text("Not refreshed")).isVisible();
    assertThat(console.cells("Refresh failing")).isVisible();
  }

  @Test
  void endMatchingThenAllOfTheFilter(Console console) {
    keep(Unique.name("sub"));
    keep(Unique.name("sub"));
    search(console, 2);
    console.button("Disconnect all that match…").click();
    assertThat(console.heading("Disconnect all that match?")).isVisible();
    confirm(console, "Disconnect all");
    assertThat(console.text("2 accounts disconnected.")).isVisible();
    assertThat(console.cells("Ended")).hasCount(2);
  }

  @Test
  void listWhenOnlyReadingThenNothingToEnd(Console console) {
    keep(Unique.name("sub"));
    console.signIn(new Seeds(server).key("r-viewer"));
    console.open("/connected-accounts");
    console.field("Person").fill(name);
    assertThat(console.total()).hasText("1 connected account");
    assertThat(console.button("Disconnect all that match…")).not().isVisible();
    console.rows().first().click();
    assertThat(dialog(console)).containsText("Authorization server");
    assertThat(console.button("Disconnect…")).not().isVisible();
  }

  @Test
  void mineWhenNothingIsConnectedThenTeaches(Console console) {
    console.signIn(new Seeds(server).key("r-agent"));
    console.open("/my-connected-accounts");
    assertThat(console.heading("No connected account")).isVisible();
  }

  @Test
  void mineThenConnectAgainAndDisconnect(Console console) {
    DemoAccounts.Account account = new DemoAccounts(server).create();
    Person person = new Person(demoIssuer(), account.subject());
    grants.keep(Seed.of(person, account.name(), appId()));
    keep(Unique.name("sub"));
    console.open("/my-connected-accounts");
    console
        .page()
        .getByRole(
            AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with Demo").setExact(true))
        .click();
    console.field("User name").fill(account.name());
    console.field("Password").fill(account.password().reveal());
    console.button("Sign in").click();
    assertThat(console.heading("My connected accounts")).isVisible();
    assertThat(console.rows()).hasCount(1);

    console.rows().first().click();
    assertThat(dialog(console).getByText("Connect again"))
        .hasAttribute("href", Pattern.compile("/oauth/connect/start\\?app=" + appId()));
    console.button("Disconnect…").click();
    confirm(console, "Disconnect");
    assertThat(console.cells("Ended")).isVisible();
  }

  private String demoIssuer() {
    return Rest.admin(server)
        .get("auth/oidc/providers")
        .json()
        .get("items")
        .valueStream()
        .filter(provider -> provider.get("name").asString().equals("Demo"))
        .findFirst()
        .orElseThrow()
        .get("issuer")
        .asString();
  }
}
