package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The page about oneself.
@BrowserTest
class MyAccountIT {
  private static void signInElsewhere(RunningServer server, Secret key) {
    String form = "credential=" + URLEncoder.encode(key.reveal(), StandardCharsets.UTF_8);
    RunningServer.send(
        HttpRequest.newBuilder(URI.create(server.base() + "/auth/sign-in"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", server.base())
            .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  @Test
  void openThenSaysWhoAndWhyAndWhere(RunningServer server, Console console) {
    String name = Unique.name("me");
    Rest.Answer made =
        Rest.admin(server).post("auth/keys", Map.of("name", name, "role", "r-viewer"));
    console.signIn(new Secret(made.at("/key")));
    console.open("/account");

    assertThat(console.heading("My account")).isVisible();
    assertThat(console.page().locator(".sp-facts")).containsText(name);
    assertThat(console.cells("The API key has it")).isVisible();
    assertThat(console.cells("Everywhere")).isVisible();
    assertThat(console.text("This one")).isVisible();
    assertThat(console.button("End other sessions…")).isDisabled();
  }

  @Test
  void openWhenThereIsNoRoleThenSaysWhomToAsk(RunningServer server, Console console) {
    try (FakeIdp idp = FakeIdp.start();
        HttpBrowser browser = new HttpBrowser(server)) {
      Rest.Answer made =
          Rest.admin(server).post("auth/oidc/providers", idp.provider(Unique.name("Corp")));
      String login = "/auth/oidc/login?provider=" + made.at("/id");
      FakeIdp.Asked asked = idp.asked(HttpBrowser.location(browser.get(login)));
      browser.get("/auth/oidc/callback?" + idp.answer(asked));
      browser
          .cookies()
          .forEach(
              (name, value) ->
                  console
                      .page()
                      .context()
                      .addCookies(List.of(new Cookie(name, value).setUrl(server.base()))));
      console.open("/account");

      assertThat(console.text("ask your administrator for a role such as")).isVisible();
    }
  }

  @Test
  void endOthersThenOnlyThisOneStays(RunningServer server, Console console) {
    Secret key = new Seeds(server).key("r-viewer");
    signInElsewhere(server, key);
    console.signIn(key);
    console.open("/account");
    assertThat(console.cells("Firefox 140 on Linux")).isVisible();

    console.button("End other sessions…").click();
    console
        .page()
        .getByRole(AriaRole.ALERTDIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("End other sessions"))
        .click();

    assertThat(console.text("1 other session ended.")).isVisible();
    assertThat(console.cells("Firefox 140 on Linux")).hasCount(0);
    assertThat(console.text("This one")).isVisible();
  }
}
