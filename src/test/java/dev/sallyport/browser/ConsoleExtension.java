package dev.sallyport.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.sallyport.testing.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives each test a browser without cookies; Chromium itself starts once.
final class ConsoleExtension implements ParameterResolver {
  private static final Namespace OURS = Namespace.create(ConsoleExtension.class);

  // The first page loads the whole console into a cold browser.
  private static final int PATIENCE_MILLIS = 60_000;

  private record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {
    static Chromium start() {
      PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
      // The library would download browsers of its own.
      Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      BrowserType.LaunchOptions options =
          new BrowserType.LaunchOptions()
              .setExecutablePath(Path.of("/usr/bin/chromium"))
              .setTimeout(3 * PATIENCE_MILLIS)
              .setArgs(
                  List.of(
                      "--no-sandbox",
                      "--disable-gpu",
                      "--disable-background-networking",
                      "--disable-component-update",
                      "--disable-sync"));
      return new Chromium(playwright, playwright.chromium().launch(options));
    }

    @Override
    public void close() {
      browser.close();
      playwright.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Console.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Chromium chromium =
        context
            .getRoot()
            .getStore(OURS)
            .computeIfAbsent(Chromium.class, key -> Chromium.start(), Chromium.class);
    RunningServer server =
        (RunningServer) new RunningServer.Extension().resolveParameter(parameter, context);
    // The method's store closes it when the test is done.
    return context
        .getStore(OURS)
        .computeIfAbsent(
            Console.class, key -> new Console(chromium.browser(), server.base()), Console.class);
  }
}
