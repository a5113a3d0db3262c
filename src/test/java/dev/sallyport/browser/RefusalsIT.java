package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.testing.RunningServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

@BrowserTest
class RefusalsIT {
  @Test
  void refusedCallThenShowsByItselfWithItsCheck(RunningServer server, Console console) {
    String app = new Seeds(server).app();
    console.signIn(server.adminKey());
    console.open("/refusals");
    assertThat(console.heading("Refused calls")).isVisible();
    call(server, app, "not.a.jwt");

    Locator row = console.cells(app);
    assertThat(row).isVisible();
    console.rows().first().click();
    assertThat(console.heading("Not a JWT")).isVisible();
  }

  @Test
  void tryTokenThenOpensTesterForTheApp(RunningServer server, Console console) {
    String app = new Seeds(server).app();
    call(server, app, "not.a.jwt");
    console.signIn(server.adminKey());
    console.open("/refusals");
    assertThat(console.cells(app)).isVisible();
    console.rows().first().click();
    console.page().getByRole(AriaRole.DIALOG).getByText("Try a token").click();
    assertThat(console.page()).hasURL(server.base() + "/tester?app=" + app);
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
