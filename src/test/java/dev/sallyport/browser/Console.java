package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.crypto.Secret;
import org.jspecify.annotations.Nullable;

/// The console in a browser window of its own.
final class Console implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final BrowserContext context;
  private final Page page;

  Console(Browser browser, String base) {
    context =
        browser.newContext(
            new Browser.NewContextOptions().setBaseURL(base).setViewportSize(1280, 800));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    page = context.newPage();
  }

  Page page() {
    return page;
  }

  /// Goes to a path; answers what the server said to it.
  @Nullable Response open(String path) {
    return page.navigate(path);
  }

  /// Signs in with a key and waits for the menu.
  void signIn(Secret key) {
    open("/auth/sign-in");
    submitKey(key.reveal());
    assertThat(menu()).isVisible();
  }

  void submitKey(String key) {
    if (!field("API key").isVisible()) {
      // Folded away where there are other ways to sign in.
      text("Use an API key").click();
    }
    field("API key").fill(key);
    button("Sign in").click();
  }

  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  Locator menu() {
    return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Pages"));
  }

  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  Locator heading(String name) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// The line that says how many rows match.
  Locator total() {
    return page.locator(".sp-bar [role=status]");
  }

  /// The cells in sight with this text. The grid keeps hidden ones for reuse.
  Locator cells(String text) {
    return page.locator("vaadin-grid vaadin-grid-cell-content:visible")
        .getByText(text, new Locator.GetByTextOptions().setExact(true));
  }

  /// The links that open a row's details, one for each row in sight.
  Locator rows() {
    return page.locator("vaadin-grid .sp-link:visible");
  }

  Locator text(String text) {
    return page.getByText(text);
  }

  @Override
  public void close() {
    context.close();
  }
}
