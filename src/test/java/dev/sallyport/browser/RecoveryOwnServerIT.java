package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
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
  void consoleWhenRecoveryIsOnThenSaysSoBesideItsName() throws IOException {
    Secret key = new Secret("sp_" + TOKEN);
    // What the data folder holds as its admin's key is what sets the demo up.
    Files.writeString(
        Files.createDirectories(data.resolve("secrets")).resolve("admin-key"), key.reveal());
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
