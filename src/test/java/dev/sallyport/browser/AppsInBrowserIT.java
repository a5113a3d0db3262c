package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.DemoAccounts;
import dev.sallyport.testing.PageApp;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Apps on hosts of their own, in a real browser: the way in and out, and what an app can't do to
/// the console whatever its pages try.
@BrowserTest
class AppsInBrowserIT {
  private final PageApp app = new PageApp();
  private final String name = Unique.name("page");
  private RunningServer server;
  private Rest rest;
  private String origin;
  private DemoAccounts.Account account;

  @BeforeEach
  void register(RunningServer running) {
    server = running;
    rest = Rest.admin(running);
    origin = "http://" + name + ".localhost:" + URI.create(running.base()).getPort();
    Rest.Answer made =
        rest.post(
            "apps",
            Map.of(
                "name",
                name,
                "uri",
                app.url(),
                "labels",
                Map.of("env", "demo"),
                "publicAddress",
                origin));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    account = new DemoAccounts(running).create("sales");
  }

  @AfterEach
  void close() {
    app.close();
  }

  private void enter(Console console) {
    console.page().navigate(origin + "/start?x=1");
    signIn(console, account.name(), account.password());
    assertThat(console.heading("Hello " + account.email())).isVisible();
    assertThat(console.page()).hasURL(origin + "/start?x=1");
  }

  private static void signIn(Console console, String user, Secret password) {
    console
        .page()
        .getByRole(
            AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with Demo").setExact(true))
        .click();
    console.field("User name").fill(user);
    console.field("Password").fill(password.reveal());
    console.button("Sign in").click();
  }

  private List<String> live() {
    return rest.get("app-sessions?app=" + name + "&state=live")
        .json()
        .get("items")
        .findValuesAsString("id");
  }

  @Test
  void openThenSignInAndInUntilAnAdminEndsIt(Console console) {
    enter(console);
    Page page = console.page();
    page.evaluate(
        """
        () => new Promise(done => {
          window.socket = new WebSocket("ws://" + location.host + "/socket");
          window.heard = [];
          socket.onmessage = message => { heard.push(message.data); done(); };
          socket.onclose = () => heard.push("closed");
          socket.onopen = () => socket.send("hi");
        })
        """);
    assertThat(page.evaluate("heard.join()")).isEqualTo("echo of hi");

    rest.delete("app-sessions/" + live().getFirst());

    page.waitForFunction("() => heard.join() === 'echo of hi,closed'");
    page.navigate(origin + "/start");
    assertThat(page).hasURL(Pattern.compile("/launch/" + name + "\\?reason=token-blocked"));
    assertThat(console.text("ask your administrator")).isVisible();
    assertThat(console.text("token-blocked")).isVisible();
  }

  @Test
  void signOutAtTheConsoleThenTheAppAsksAgain(Console console) {
    enter(console);

    console.open("/my-apps");
    console.button("Sign out").click();
    assertThat(console.page()).hasURL(Pattern.compile("/auth/sign-in|/logout|" + demoHost()));
    console.page().navigate(origin + "/start");

    assertThat(console.page()).hasURL(Pattern.compile("/auth/sign-in\\?return_to="));
    assertThat(live()).isEmpty();
  }

  private static String demoHost() {
    return "http://127.0.0.1";
  }

  @Test
  void hostilePagesThenTheConsoleIsUntouched(Console console) {
    enter(console);
    Page page = console.page();
    String base = server.base();

    assertThat(page.evaluate(FETCH, base + "/api/v1/auth/me")).isEqualTo("refused");
    assertThat(page.evaluate(FETCH, base + "/launch/" + name)).isEqualTo("refused");
    page.evaluate(SEND_BLIND, base + "/auth/logout");
    page.evaluate(SEND_BLIND, base + "/api/v1/apps");
    page.evaluate(PLANT);
    page.evaluate(FRAME, base + "/my-apps");
    page.waitForFunction("() => window.framed");
    assertThat(page.frames().stream().map(Frame::url)).noneMatch(url -> url.contains("/my-apps"));
    page.evaluate(FORM, base + "/auth/logout");
    page.waitForURL(base + "/auth/logout");
    assertThat(page.content()).contains("csrf");

    console.open("/account");
    assertThat(console.heading("My account")).isVisible();
    assertThat(page.context().cookies(base).stream().map(c -> c.name))
        .doesNotContain("planted", "__Host-planted");
    // A code that its author asked for comes back to a browser that can't use it.
    app.leadTo(base + "/launch/" + name + "?challenge=" + "ab".repeat(32));
    page.navigate(origin + "/");
    assertThat(page).hasURL(Pattern.compile("reason=launch-cookie-missing"));
    assertThat(app.paths()).noneMatch(path -> path.contains("code="));
  }

  /// Another port of the console's host is the same site: cookies go along, as they do between
  /// hosts below one domain.
  @Test
  void hostilePagesOfTheSameSiteThenTheConsoleIsUntouched(Console console) {
    String base = server.base();
    Page page = console.page();
    console.signIn(server.adminKey());
    String push =
        page.waitForWebSocket(() -> console.open("/sessions"))
            .url()
            .replaceAll("&?v-pushId=.*", "");
    assertThat(page.evaluate(SOCKET, push)).isEqualTo("opened");

    page.navigate(app.url());
    assertThat(page.evaluate(FETCH, base + "/api/v1/auth/me")).isEqualTo("refused");
    for (String path : List.of("/?v-r=uidl", "/sessions?v-r=uidl&v-uiId=0", "/api/v1/apps")) {
      assertThat(answered(page, base + path, SEND_BLIND)).as(path).isEqualTo(403);
    }
    assertThat(page.evaluate(SOCKET, push)).isEqualTo("refused");
    page.evaluate(FRAME, base + "/my-apps");
    page.waitForFunction("() => window.framed");
    assertThat(page.frames().stream().map(Frame::url)).noneMatch(url -> url.contains("/my-apps"));
    page.evaluate(FORM, base + "/auth/logout");
    page.waitForURL(base + "/auth/logout");

    console.open("/account");
    assertThat(console.heading("My account")).isVisible();
  }

  private static int answered(Page page, String url, String script) {
    return page.waitForResponse(r -> r.url().equals(url), () -> page.evaluate(script, url))
        .status();
  }

  private static final String SOCKET =
      """
      url => new Promise(done => {
        const socket = new WebSocket(url);
        socket.onopen = () => { done("opened"); socket.close(); };
        socket.onerror = () => done("refused");
      })
      """;
  private static final String FETCH =
      """
      url => fetch(url, {credentials: "include"}).then(() => "answered", () => "refused")
      """;
  private static final String SEND_BLIND =
      """
      url => fetch(url, {method: "POST", mode: "no-cors", credentials: "include", body: "{}"})
        .catch(() => {})
      """;
  private static final String PLANT =
      """
      () => ["sallyport_session", "sallyport_csrf", "planted", "__Host-planted"].forEach(name => {
        document.cookie = name + "=evil; path=/; domain=localhost";
        document.cookie = name + "=evil; path=/";
      })
      """;
  private static final String FRAME =
      """
      url => {
        const frame = document.createElement("iframe");
        frame.onload = () => window.framed = true;
        frame.src = url;
        document.body.append(frame);
      }
      """;
  private static final String FORM =
      """
      url => {
        const form = document.createElement("form");
        form.method = "post";
        form.action = url;
        document.body.append(form);
        form.submit();
      }
      """;

  @Test
  void carolWhoAdministersNothingThenSeesHerApps(Console console) {
    DemoAccounts.Account carol = new DemoAccounts(server).carol();
    console.open("/auth/sign-in");
    signIn(console, carol.name(), carol.password());

    assertThat(console.heading("My apps")).isVisible();
    assertThat(console.page()).hasURL(server.base() + "/my-apps");
    assertThat(console.text("You administer nothing here. If you should, ask your administrator."))
        .isVisible();
    assertThat(console.menu().locator("vaadin-side-nav-item"))
        .containsText(new String[] {"My apps", "My connected accounts", "My account"});
    assertThat(console.cells("dumper")).isVisible();
    assertThat(console.cells("demo-mcp")).isVisible();
    assertThat(console.cells(server.base() + "/mcp/apps/demo-mcp")).isVisible();
    assertThat(console.cells("relay-target")).hasCount(0);
    Page opened =
        console
            .page()
            .waitForPopup(
                () ->
                    console
                        .page()
                        .getByRole(
                            AriaRole.LINK, new Page.GetByRoleOptions().setName("Open dumper"))
                        .click());
    assertThat(opened.locator("body")).containsText("Sallyport-Jwt-Assertion");
    opened.close();
  }
}
