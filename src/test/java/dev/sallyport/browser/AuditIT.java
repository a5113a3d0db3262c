package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.launcher.AdminApi;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@BrowserTest
class AuditIT {
  @Test
  void filterByResourceThenShowsItsEvents(RunningServer server, Console console) {
    String app = new Seeds(server).app();
    console.signIn(server.adminKey());
    console.open("/audit");
    console.field("Resource").fill(app);
    assertThat(console.total()).hasText("1 event");
    assertThat(console.page()).hasURL(server.base() + "/audit?resource=" + app);
    assertThat(console.cells("app.created")).hasCount(1);

    console.rows().click();
    assertThat(console.page().getByRole(AriaRole.REGION))
        .containsText("\"name\" : \"" + app + "\"");
  }

  @Test
  void filterInTheAddressThenShowsInTheFields(RunningServer server, Console console) {
    String app = new Seeds(server).app();
    console.signIn(server.adminKey());
    console.open("/audit?resource=" + app + "&event=app.deleted&event=app.created&reason=");
    assertThat(console.field("Resource")).hasValue(app);
    assertThat(console.total()).hasText("1 event");
    console.open("/audit?resource=" + app + "&outcome=nonsense");
    assertThat(console.total()).hasText("1 event");
  }

  @Test
  void saveAFilterThenItComesBack(RunningServer server, Console console) {
    String app = new Seeds(server).app();
    console.signIn(server.adminKey());
    console.open("/audit?resource=" + app);
    menu(console, "Save this filter…");
    // Another name than the app's: saving is an event as well, and the filter would find it.
    String name = Unique.name("filter");
    console.field("Name").fill(name);
    console.page().getByRole(AriaRole.BUTTON, exact("Save")).click();
    assertThat(console.page().getByText("Saved as " + name + ".")).isVisible();

    console.open("/audit");
    menu(console, name);
    assertThat(console.total()).hasText("1 event");
    assertThat(console.page()).hasURL(server.base() + "/audit?resource=" + app);
  }

  private static void menu(Console console, String item) {
    console.page().getByText("Saved filters").first().click();
    console
        .page()
        .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(item).setExact(true))
        .click();
  }

  private static Page.GetByRoleOptions exact(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  @Test
  void exportThenTheBrowserSavesAFile(RunningServer server, Console console) throws IOException {
    String app = new Seeds(server).app();
    console.signIn(server.adminKey());
    console.open("/audit?resource=" + app);
    console.button("Export…").click();
    Download file =
        console.page().waitForDownload(() -> console.page().getByText("Download NDJSON").click());
    assertThat(file.suggestedFilename()).matches("sallyport-audit-.*\\.ndjson");
    assertThat(Files.readString(file.path())).doesNotContain("\"status\":");
  }

  @Test
  void chainWhenVerifiedThenSaysSo(RunningServer server, Console console) {
    new Seeds(server).app();
    console.signIn(server.adminKey());
    console.open("/audit");
    assertThat(console.page().getByText(Pattern.compile("^(Sealed until|Chain broken)")))
        .isVisible();
    console.button("Verify now").click();
    assertThat(console.page().getByText(Pattern.compile("compared with the chain: all as written")))
        .isVisible();
    assertThat(console.page().getByText(Pattern.compile("^Sealed until .*, verified"))).isVisible();
  }

  @Test
  void happenedElsewhereThenShowsByItself(RunningServer server, Console console) {
    String app = new Seeds(server).app();
    console.signIn(server.adminKey());
    console.open("/audit?resource=app_session");
    assertThat(console.total()).hasText(Pattern.compile("events?$"));
    String before = console.total().innerText();
    new Seeds(server).openSession(app, server.token("alice"));
    assertThat(console.total()).not().hasText(before);
  }

  @Test
  void pagesOverRestThenMeetNoRowTwice(RunningServer server) {
    String one = new Seeds(server).app();
    String two = new Seeds(server).app();
    String query = "audit?event=app.created&resource=" + one + "&resource=" + two;
    try (AdminApi api = server.api()) {
      JsonNode all = api.get(query + "&limit=2").body();
      JsonNode first = api.get(query + "&limit=1").body();
      String after = first.get("next").asString();
      JsonNode second = api.get(query + "&limit=1&after=" + after).body();
      assertThat(first.get("items").get(0)).isEqualTo(all.get("items").get(0));
      assertThat(second.get("items").get(0)).isEqualTo(all.get("items").get(1));
      assertThat(first.get("total").asLong()).isEqualTo(2);
    }
  }

  @Test
  void filterOverRestWhenUnknownThenNamesTheField(RunningServer server) {
    try (AdminApi api = server.api()) {
      AdminApi.Answer answer = api.get("audit?category=nothing&from=yesterday");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body().get("errors").findValuesAsString("field"))
          .containsExactly("category", "from");
    }
  }
}
