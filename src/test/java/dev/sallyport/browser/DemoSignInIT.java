package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.testing.DemoAccounts;
import dev.sallyport.testing.RunningServer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The sign-in that `./run` invites to.
@BrowserTest
class DemoSignInIT {
  @Test
  void signInWithDemoThenReturnsToThePageThatWasWanted(RunningServer server, Console console) {
    DemoAccounts.Account account = new DemoAccounts(server).create("eng");

    console.open("/audit?category=auth");
    signIn(console, account);

    assertThat(console.heading("Audit")).isVisible();
    assertThat(console.page()).hasURL(server.base() + "/audit?category=auth");
  }

  @Test
  void signInWhenCancelledAtTheProviderThenSaysSo(Console console) {
    console.open("/auth/sign-in");
    demo(console);
    console.button("Cancel").click();

    assertThat(console.page()).hasURL(Pattern.compile("/auth/sign-in\\?reason="));
  }

  @Test
  void sessionWhenEndedAtTheProviderThenTabIsSignedOut(RunningServer server, Console console) {
    DemoAccounts accounts = new DemoAccounts(server);
    DemoAccounts.Account account = accounts.create("eng");
    console.open("/auth/sign-in");
    signIn(console, account);
    assertThat(console.menu()).isVisible();

    accounts.endSessions(account, Optional.empty());

    assertThat(console.page()).hasURL(Pattern.compile("/auth/sign-in"));
  }

  private static void signIn(Console console, DemoAccounts.Account account) {
    demo(console);
    console.field("User name").fill(account.name());
    console.field("Password").fill(account.password().reveal());
    console.button("Sign in").click();
  }

  private static void demo(Console console) {
    console
        .page()
        .getByRole(
            AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with Demo").setExact(true))
        .click();
  }
}
