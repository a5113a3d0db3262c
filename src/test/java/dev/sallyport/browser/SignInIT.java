package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.sallyport.testing.RunningServer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@BrowserTest
class SignInIT {
  @Test
  void signInWithKeyThenShowsFirstPage(RunningServer server, Console console) {
    console.signInByPage(server.adminKey());
    assertThat(console.page()).hasURL(server.base() + "/sessions");
    assertThat(console.heading("Live sessions")).isVisible();
  }

  @Test
  void signInWhenKeyIsWrongThenSaysSo(Console console) {
    console.open("/auth/sign-in");
    console.submitKey("sp_wrong");
    assertThat(console.text("That key is not valid.")).isVisible();
    assertThat(console.field("API key")).isVisible();
  }

  @Test
  void openWhenAnonymousThenReturnsToPageAfterSignIn(RunningServer server, Console console) {
    console.open("/audit?category=auth&outcome=success");
    assertThat(console.page()).hasURL(Pattern.compile("/auth/sign-in\\?return_to="));
    console.submitKey(server.adminKey().reveal());
    assertThat(console.heading("Audit")).isVisible();
    assertThat(console.page()).hasURL(server.base() + "/audit?category=auth&outcome=success");
  }

  @Test
  void signInWhenReturnIsAnotherSiteThenStaysHere(RunningServer server, Console console) {
    console.open("/auth/sign-in?return_to=//example.org/");
    console.submitKey(server.adminKey().reveal());
    assertThat(console.page()).hasURL(server.base() + "/sessions");
  }

  @Test
  void signInByLinkThenWorksOnce(RunningServer server, Console console) {
    String link = new Seeds(server).signInLink();
    console.open(link);
    console.button("Continue to the console").click();
    assertThat(console.menu()).isVisible();

    console.page().context().clearCookies();
    console.open("/auth/sign-in");
    console.open(link);
    // Only what follows `#` differs: without a reload the page would stay as it is.
    console.page().reload();
    console.open("about:blank");
    console.open(link);
    console.button("Continue to the console").click();
    assertThat(console.text("This link was used already")).isVisible();
  }

  @Test
  void signOutThenViewsAreClosed(RunningServer server, Console console) {
    console.signInByPage(server.adminKey());
    console.button("Sign out").click();
    // The page may hear of the end before the answer leads on.
    assertThat(console.page()).hasURL(Pattern.compile("/auth/sign-in(\\?return_to=%2Fsessions)?$"));
    console.open("/sessions");
    assertThat(console.page()).hasURL(Pattern.compile("/auth/sign-in\\?return_to="));
  }

  @Test
  void cookieGoneWhenViewIsOpenThenLeadsToSignIn(RunningServer server, Console console) {
    console.signInByPage(server.adminKey());
    console.page().context().clearCookies();
    console.field("User").fill("alice");
    assertThat(console.page()).hasURL(Pattern.compile("/auth/sign-in"));
  }
}
