package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.RunningServer;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A server that was started to let an admin back in says so on every page.
class RecoveryOwnServerIT {
  private static final String TOKEN = "a-recovery-token-of-at-least-32-characters";

  @Test
  void consoleWhenRecoveryIsOnThenSaysSoBesideItsName() {
    try (RunningServer server = RunningServer.start(Map.of("SALLYPORT_RECOVERY_TOKEN", TOKEN));
        Chromium chromium = Chromium.start();
        Console console = new Console(chromium, server.base())) {
      console.signInByPage(new Secret("sp_" + TOKEN));
      Locator badge = console.page().locator(".sp-brand").getByText("Recovery");

      assertThat(badge).isVisible();
      assertThat(badge).hasAttribute("title", Pattern.compile("^SALLYPORT_RECOVERY_TOKEN is set"));
      console.open("/audit");
      assertThat(badge).isVisible();
    }
  }
}
