package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import java.util.Map;
import org.junit.jupiter.api.Test;

@BrowserTest
class BlocksIT {
  @Test
  void blockThenListedAndLifted(RunningServer server, Console console) {
    Entrance entrance = Entrance.to(server, "mcp+http://127.0.0.1:9/mcp");
    String subject = String.valueOf(entrance.token().claim("sub"));
    console.signIn(server.adminKey());
    console.open("/blocks");
    console.button("Block a person…").click();
    Locator dialog = console.page().getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Issuer").fill(entrance.issuer().iss());
    dialog.getByLabel("Subject").fill(subject);
    dialog.getByLabel("Note").fill("lost laptop");
    button(dialog, "Block").click();
    assertThat(console.text("Blocked.")).isVisible();

    narrow(console, subject);
    // The list is drawn anew by then, and the button is the one that stays.
    assertThat(console.total()).hasText("1 block");
    assertThat(console.cells(subject)).isVisible();
    console.button("Lift the block of " + subject).click();
    assertThat(console.heading("Lift this block?")).isVisible();
    button(console.page().getByRole(AriaRole.ALERTDIALOG), "Lift block").click();
    assertThat(console.text("Block lifted.")).isVisible();
    assertThat(console.total()).hasText("0 blocks");
    assertThat(console.heading("Nobody is blocked")).isVisible();
  }

  @Test
  void blockWhenIssuerIsUnknownThenSaysSoAtTheField(RunningServer server, Console console) {
    console.signIn(server.adminKey());
    console.open("/blocks");
    console.button("Block a person…").click();
    Locator dialog = console.page().getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Issuer").fill("https://unknown.test");
    dialog.getByLabel("Subject").fill("somebody");
    button(dialog, "Block").click();
    assertThat(dialog.getByText("of an issuer that is known")).isVisible();
  }

  @Test
  void endWhenTokenTellsNoSignInThenOffersToBlock(RunningServer server, Console console) {
    Entrance entrance = Entrance.to(server, "mcp+http://127.0.0.1:9/mcp");
    TestToken token = entrance.token().without("sid").without("auth_time");
    open(entrance, token);
    endDialog(server, console, entrance);

    assertThat(console.text("May return by refresh")).isVisible();
    Locator dialog = console.page().getByRole(AriaRole.ALERTDIALOG);
    assertThat(dialog.locator("vaadin-select-value-button"))
        .containsText("Until this session would have ended");
    button(dialog, "End session").click();
    assertThat(console.text("1 session ended.")).isVisible();

    console.open("/blocks");
    narrow(console, String.valueOf(token.claim("sub")));
    assertThat(console.total()).hasText("2 blocks");
    assertThat(console.cells("Every token")).isVisible();
  }

  @Test
  void endWhenTokenTellsWhenThePersonSignedInThenNoSuchOffer(
      RunningServer server, Console console) {
    Entrance entrance = Entrance.to(server, "mcp+http://127.0.0.1:9/mcp");
    open(entrance, entrance.token().without("sid"));
    endDialog(server, console, entrance);

    assertThat(console.text("the person must sign in again")).isVisible();
    assertThat(console.text("May return by refresh")).hasCount(0);
    assertThat(console.text("Until this session would have ended")).hasCount(0);
  }

  private static void open(Entrance entrance, TestToken token) {
    Map<String, Object> body =
        Map.of("app", entrance.name(), "jwt", token.signed(), "remoteAddress", "198.51.100.7");
    if (entrance.rest().post("app-sessions", body).status() != 201) {
      throw new AssertionError("no session was opened");
    }
  }

  private static void endDialog(RunningServer server, Console console, Entrance entrance) {
    console.signIn(server.adminKey());
    console.open("/sessions?app=" + entrance.name());
    console.rows().first().click();
    console.button("End session…").click();
    assertThat(console.heading("End this session?")).isVisible();
  }

  private static void narrow(Console console, String subject) {
    console
        .page()
        .getByRole(AriaRole.SEARCH)
        .getByLabel("Subject", new Locator.GetByLabelOptions().setExact(true))
        .fill(subject);
  }

  private static Locator button(Locator within, String name) {
    return within.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }
}
