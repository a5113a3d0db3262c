package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.testing.RunningServer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@BrowserTest
class SessionsIT {
  private static final List<String> ALL = List.of("alice", "bob", "carol");

  @Test
  void filterThenNarrowsListAndAddress(RunningServer server, Console console) {
    String app = open(server, console, ALL);
    assertThat(console.total()).hasText("3 live sessions");
    assertThat(console.rows()).hasCount(3);
    assertThat(console.field("App")).hasValue(app);

    console.field("User").fill("bo");
    assertThat(console.total()).hasText("1 live session");
    assertThat(console.rows()).hasText("bob@demo.test");
    assertThat(console.page()).hasURL(Pattern.compile("[?&]user=bo(&|$)"));
    assertThat(console.page()).hasURL(Pattern.compile("[?&]app=" + app + "(&|$)"));

    console.field("User").fill("nobody");
    assertThat(console.heading("No session matches")).isVisible();
  }

  @Test
  void sortByUserThenOrdersOnServer(RunningServer server, Console console) {
    open(server, console, ALL);
    Locator sorter = console.page().locator("vaadin-grid-sorter").filter(named("User"));
    sorter.click();
    assertThat(console.rows())
        .hasText(new String[] {"alice@demo.test", "bob@demo.test", "carol@demo.test"});
    sorter.click();
    assertThat(console.rows())
        .hasText(new String[] {"carol@demo.test", "bob@demo.test", "alice@demo.test"});
  }

  private static Locator.FilterOptions named(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void endOneThenLeavesTheOthers(RunningServer server, Console console) {
    open(server, console, ALL);
    row(console, "bob@demo.test").click();
    console.button("End session…").click();
    assertThat(console.text("bob@demo.test is using")).isVisible();
    assertThat(console.text("the person must sign in again")).isVisible();
    confirm(console, "End session");
    assertThat(console.text("1 session ended.")).isVisible();
    assertThat(console.total()).hasText("2 live sessions");
    assertThat(row(console, "bob@demo.test")).hasCount(0);
  }

  @Test
  void endSelectedThenCountsThemInTheQuestion(RunningServer server, Console console) {
    open(server, console, ALL);
    select(console, 0);
    selectWhileRowsArrive(console, 1);
    console.button("End 2 selected…").click();
    assertThat(console.heading("End 2 sessions?")).isVisible();
    assertThat(console.text("They belong to 2 people.")).isVisible();
    confirm(console, "End 2 sessions");
    assertThat(console.total()).hasText("1 live session");
  }

  @Test
  void endMatchingThenEndsThoseAndNoOthers(RunningServer server, Console console) {
    String app = open(server, console, ALL);
    String other = new Seeds(server).app();
    new Seeds(server).sessions(other, List.of("alice"));
    console.button("End all that match…").click();
    assertThat(console.heading("End all 3 sessions that match?")).isVisible();
    confirm(console, "End 3 sessions");
    assertThat(console.total()).hasText("0 live sessions");
    console.open("/sessions?app=" + other);
    assertThat(console.total()).hasText("1 live session");
    console.open("/sessions?state=ended&app=" + app);
    assertThat(console.total()).hasText("3 ended sessions");
    row(console, "carol@demo.test").click();
    assertThat(console.text("Ended by ").last()).isVisible();
  }

  @Test
  void endMatchingWhenMoreCameMeanwhileThenKeepsThem(RunningServer server, Console console) {
    String app = open(server, console, List.of("alice"));
    console.button("End all that match…").click();
    assertThat(console.heading("End the one session that matches?")).isVisible();
    new Seeds(server).sessions(app, List.of("bob"));
    confirm(console, "End 1 session");
    assertThat(console.total()).hasText("1 live session");
    assertThat(console.rows()).hasText("bob@demo.test");
  }

  @Test
  void openedElsewhereThenShowsByItself(RunningServer server, Console console) {
    String app = open(server, console, List.of("alice"));
    new Seeds(server).sessions(app, List.of("bob"));
    assertThat(console.total()).hasText("2 live sessions");
    assertThat(console.rows()).hasCount(2);
  }

  @Test
  void openedElsewhereWhileSelectedThenListWaits(RunningServer server, Console console) {
    String app = open(server, console, List.of("alice"));
    select(console, 0);
    new Seeds(server).sessions(app, List.of("bob"));
    assertThat(console.button("1 new · show")).isVisible();
    assertThat(console.rows()).hasCount(1);
    console.button("1 new · show").click();
    assertThat(console.rows()).hasCount(2);
  }

  private static String open(RunningServer server, Console console, List<String> people) {
    Seeds seeds = new Seeds(server);
    String app = seeds.app();
    seeds.sessions(app, people);
    console.signIn(server.adminKey());
    console.open("/sessions?app=" + app);
    assertThat(console.total()).hasText(Pattern.compile(people.size() + " live session"));
    assertThat(console.rows()).hasCount(people.size());
    return app;
  }

  private static Locator row(Console console, String user) {
    return console.rows().filter(named(user));
  }

  // Not `check()`, which would look at once: a row that is drawn anew at this moment is ticked
  // again
  // when the server knows.
  private static void select(Console console, int row) {
    Locator box = console.page().getByRole(AriaRole.CHECKBOX, role("Select Row")).nth(row);
    box.click();
    assertThat(box).isChecked();
  }

  // The rows that the server sent before it heard of the tick come after it.
  private static void selectWhileRowsArrive(Console console, int row) {
    Locator box = console.page().getByRole(AriaRole.CHECKBOX, role("Select Row")).nth(row);
    box.evaluate(
        """
        input => {
          const row = input.closest('vaadin-grid-cell-content').assignedSlot.closest('tr');
          const unticked = { ...row._item, selected: undefined };
          input.click();
          input.closest('vaadin-grid').$connector.set(row.index, [unticked]);
        }
        """);
    assertThat(box).isChecked();
  }

  private static Page.GetByRoleOptions role(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static void confirm(Console console, String verb) {
    console
        .page()
        .getByRole(AriaRole.ALERTDIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(verb).setExact(true))
        .click();
  }
}
