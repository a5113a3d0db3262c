package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@BrowserTest
class RefusalsIT {
  @Test
  void refusedCallThenShowsByItselfWithItsCheckAndAWayToTheTester(
      RunningServer server, Console console) {
    String app = new Seeds(server).app();
    console.signIn(server.adminKey());
    console.open("/sessions/refusals");
    assertThat(tab(console, "Refusals")).hasAttribute("aria-selected", "true");
    call(server, app, "not.a.jwt");

    assertThat(console.cells(app)).isVisible();
    row(console, app).click();
    assertThat(console.heading("Not a JWT")).isVisible();
    console.page().getByRole(AriaRole.DIALOG).getByText("Try a token").click();
    assertThat(console.page()).hasURL(server.base() + "/tester?app=" + app);
  }

  @Test
  void refusedCallThenTheListShowsIssuerAudienceAndKey(RunningServer server, Console console) {
    Entrance app = Entrance.to(server, "https://app.example/");
    String kid = Unique.name("key");
    String audience = Unique.name("audience");
    String token = app.token().header("kid", kid).with("aud", audience).signed();
    try (GatewayClient client = new GatewayClient()) {
      assertThat(client.get(app.url(), token).statusCode()).isEqualTo(401);
    }
    console.signIn(server.adminKey());
    console.open("/sessions/refusals");

    for (String fact : List.of(app.issuer().iss(), audience, kid)) {
      assertThat(console.cells(fact).first()).isVisible();
    }
  }

  @Test
  void tabsThenLeadFromOneListToTheOtherAlsoFromTheOldAddress(
      RunningServer server, Console console) {
    console.signIn(server.adminKey());
    console.open("/refusals");
    assertThat(tab(console, "Refusals")).hasAttribute("aria-selected", "true");
    assertThat(console.menu().getByText("Refused calls")).hasCount(0);

    tab(console, "Live").getByText("Live").click();
    assertThat(console.page()).hasURL(server.base() + "/sessions");
    assertThat(tab(console, "Live")).hasAttribute("aria-selected", "true");
    tab(console, "Refusals").getByText("Refusals").click();
    assertThat(console.page()).hasURL(server.base() + "/sessions/refusals");
    assertThat(tab(console, "Refusals")).hasAttribute("aria-selected", "true");
    assertThat(console.heading("Live sessions")).isVisible();
  }

  @Test
  void tryTokenInARowThenOpensTesterForItsApp(RunningServer server, Console console) {
    String app = new Seeds(server).app();
    call(server, app, "not.a.jwt");
    console.signIn(server.adminKey());
    console.open("/sessions/refusals");
    console.button("Try a token for " + app).click();

    assertThat(console.page()).hasURL(server.base() + "/tester?app=" + app);
    assertThat(console.field("App")).hasValue(app);
  }

  @Test
  void viewerThenSeesNoWayToTheTester(RunningServer server, Console console) {
    String app = new Seeds(server).app();
    call(server, app, "not.a.jwt");
    console.signIn(new Seeds(server).key("r-viewer"));
    console.open("/sessions/refusals");
    assertThat(console.cells(app)).isVisible();
    assertThat(console.button("Try a token")).hasCount(0);
  }

  private static Locator tab(Console console, String name) {
    return console
        .page()
        .getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// The link of the app's one row, found by its height: cells of a row have no common parent.
  private static Locator row(Console console, String app) {
    Locator cell = console.cells(app);
    assertThat(cell).isVisible();
    double height = Objects.requireNonNull(cell.boundingBox()).y;
    return console.rows().all().stream()
        .filter(link -> Math.abs(Objects.requireNonNull(link.boundingBox()).y - height) < 10)
        .findFirst()
        .orElseThrow();
  }

  private static void call(RunningServer server, String app, String token) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.base() + "/mcp/apps/" + app))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertThat(RunningServer.send(request).statusCode()).isEqualTo(401);
  }
}
