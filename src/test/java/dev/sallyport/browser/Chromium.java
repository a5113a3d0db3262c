package dev.sallyport.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A started Chromium with a window that forgets everything between two tests but the console's
/// own files.
final class Chromium implements AutoCloseable {
  // The first page loads the whole console into a cold browser.
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int CLOSING_SECONDS = 30;

  private final Playwright playwright;
  private final Browser browser;
  private final Set<ProcessHandle> processes;
  private @Nullable BrowserContext window;
  private String origin = "";

  private Chromium(Playwright playwright, Browser browser, Set<ProcessHandle> processes) {
    this.playwright = playwright;
    this.browser = browser;
    this.processes = processes;
  }

  /// One at a time, so that each knows its processes.
  static synchronized Chromium start() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    // The library would download browsers of its own.
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Set<ProcessHandle> before = children();
    Browser browser = playwright.chromium().launch(options());
    Set<ProcessHandle> launched = children();
    launched.removeAll(before);
    return new Chromium(playwright, browser, launched);
  }

  private static BrowserType.LaunchOptions options() {
    return new BrowserType.LaunchOptions()
        .setExecutablePath(Path.of("/usr/bin/chromium"))
        .setTimeout(3 * PATIENCE_MILLIS)
        .setArgs(
            List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync"));
  }

  private static Set<ProcessHandle> children() {
    return ProcessHandle.current().descendants().collect(Collectors.toSet());
  }

  boolean isRunning() {
    return browser.isConnected();
  }

  /// A window without cookies. It is the same one each time, so that the console's files are
  /// loaded and compiled once.
  BrowserContext window(String base) {
    if (window == null) {
      origin = base;
      window =
          browser.newContext(
              new Browser.NewContextOptions()
                  .setBaseURL(base)
                  .setViewportSize(1280, 800)
                  .setReducedMotion(ReducedMotion.REDUCE));
      window.setDefaultTimeout(PATIENCE_MILLIS);
    }
    return window;
  }

  /// Closes the pages of a window and forgets what they stored. Chromium may never answer when one
  /// is just loading: it is ended then, and the next window takes a new one.
  void empty(BrowserContext used) {
    CountDownLatch isEmpty = new CountDownLatch(1);
    Thread.ofVirtual().start(() -> endUnless(isEmpty));
    try {
      used.pages().stream().skip(1).forEach(Page::close);
      used.clearCookies();
      forgetStored(used);
      used.pages().forEach(Page::close);
    } catch (PlaywrightException e) {
      if (isRunning()) {
        throw e;
      }
    } finally {
      isEmpty.countDown();
    }
  }

  private void forgetStored(BrowserContext used) {
    Page page = used.pages().isEmpty() ? used.newPage() : used.pages().getFirst();
    JsonObject stored = new JsonObject();
    stored.addProperty("origin", origin);
    stored.addProperty("storageTypes", "local_storage");
    used.newCDPSession(page).send("Storage.clearDataForOrigin", stored);
  }

  private void endUnless(CountDownLatch isEmpty) {
    try {
      if (!isEmpty.await(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        System.err.printf("Chromium did not empty a window in %d s.%n", CLOSING_SECONDS);
        processes.forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
