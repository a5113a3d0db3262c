package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.testing.RunningServer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@BrowserTest
class TokenTesterIT {
  @Test
  void testWhenTheTokenIsGoodThenNamesUserConfigAndEveryCheckAndForgetsIt(
      RunningServer server, Console console) {
    String app = new Seeds(server).app();
    console.signIn(server.adminKey());
    console.open("/tester?app=" + app);
    test(console, server.token("alice"));

    assertThat(verdict(console)).containsText("Accepted as alice@");
    assertThat(verdict(console)).containsText("by config “demo”");
    assertThat(rows(console, "Passed")).hasCount(rows(console, "").count());
    assertThat(console.page().url()).isEqualTo(server.base() + "/tester?app=" + app);

    console.menu().locator("[path='apps']").click();
    assertThat(console.page()).hasURL(server.base() + "/apps");
    console.page().goBack();
    assertThat(console.page()).hasURL(Pattern.compile("/tester\\?app=" + app));
    assertThat(console.page().getByLabel("Token (JWT)")).hasValue("");
    assertThat(verdict(console)).hasCount(0);
  }

  @Test
  void testWhenNothingOrAForgedSignatureThenNamesWhatFailedAndTheFix(
      RunningServer server, Console console) {
    String app = new Seeds(server).app();
    String token = server.token("alice");
    String forged = token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(342);
    console.signIn(server.adminKey());
    console.open("/tester?app=" + app);
    console.button("Test token").click();
    assertThat(console.text("Must be the token to try.").first()).isVisible();

    test(console, forged);

    assertThat(verdict(console)).containsText("token-signature");
    assertThat(verdict(console)).containsText("What helps:");
    assertThat(rows(console, "Failed")).hasCount(1);
    assertThat(rows(console, "Failed")).containsText("signature");
  }

  @Test
  void viewerThenMayNotTest(RunningServer server, Console console) {
    console.signIn(new Seeds(server).key("r-viewer"));
    console.open("/tester");
    assertThat(console.text("app_auth_config.test").first()).isVisible();
    assertThat(console.menu().getByText("Token tester")).hasCount(0);
  }

  private static void test(Console console, String token) {
    console.page().getByLabel("Token (JWT)").fill(token);
    console.button("Test token").click();
  }

  private static Locator verdict(Console console) {
    return console.page().locator(".sp-verdict");
  }

  private static Locator rows(Console console, String outcome) {
    return console
        .page()
        .getByRole(AriaRole.TABLE)
        .locator("tbody tr")
        .filter(new Locator.FilterOptions().setHasText(outcome));
  }
}
