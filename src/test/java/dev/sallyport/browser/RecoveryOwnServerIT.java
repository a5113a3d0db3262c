package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.RunningServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that was started to let an admin back in says so on every page.
class RecoveryOwnServerIT {
  private static final String TOKEN = "a-recovery-token-of-at-least-32-characters";

  @TempDir Path data;

  @Test
  void consoleWhenRecoveryIsOnThenSaysSoBesideItsName() {
    Secret key = new Secret("sp_" + TOKEN);
    // The demo is set up before: what recovers for an hour can give nobody more than that.
    RunningServer.startOn(data).close();
    try (RunningServer server =
            RunningServer.startOn(data, Map.of("SALLYPORT_RECOVERY_TOKEN", TOKEN));
        Chromium chromium = Chromium.start();
        Console console = new Console(chromium, server.base())) {
      console.signInByPage(key);
      Locator badge = console.page().locator(".sp-brand").getByText("Recovery");

      assertThat(badge).isVisible();
      assertThat(badge).hasAttribute("title", Pattern.compile("^SALLYPORT_RECOVERY_TOKEN is set"));
      console.open("/audit");
      assertThat(badge).isVisible();
    }
  }
}
