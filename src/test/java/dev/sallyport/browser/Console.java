package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.sallyport.crypto.Secret;
import org.jspecify.annotations.Nullable;

/// The console in a browser window of its own.
final class Console implements AutoCloseable {
  private static final double LEAVING_MILLIS = 10_000;

  private static final int SEE_OTHER = 303;

  private final Chromium chromium;
  private final BrowserContext window;
  private final Page page;

  Console(Chromium chromium, String base) {
    this.chromium = chromium;
    window = chromium.window(base);
    page = window.newPage();
  }

  Page page() {
    return page;
  }

  /// Goes to a path; answers what the server said to it.
  @Nullable Response open(String path) {
    return page.navigate(path);
  }

  /// Signs in with a key as the form does, without showing a page: the next one to open is seen by
  /// whoever holds the key.
  void signIn(Secret key) {
    APIResponse answer =
        window
            .request()
            .post(
                "/auth/sign-in",
                RequestOptions.create()
                    .setForm(FormData.create().set("credential", key.reveal()))
                    .setMaxRedirects(0));
    if (answer.status() != SEE_OTHER) {
      throw new IllegalStateException("not signed in: " + answer.status() + " " + answer.text());
    }
  }

  /// Signs in with a key on the page for it, and waits for the menu.
  void signInByPage(Secret key) {
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

  /// Leaves the console, so that nothing in it can load or listen any more.
  void leave() {
    if (!page.isClosed() && !isLeft()) {
      // It loaded again at this moment, as a page does whose session has ended.
      isLeft();
    }
  }

  private boolean isLeft() {
    try {
      page.navigate("about:blank", new Page.NavigateOptions().setTimeout(LEAVING_MILLIS));
      return true;
    } catch (PlaywrightException e) {
      return false;
    }
  }

  @Override
  public void close() {
    leave();
    chromium.empty(window);
  }
}
