package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.Unique;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@BrowserTest
class UsersIT {
  @Test
  void deactivateAndReactivateThenSaysWhatFollowsAndTheSearchFindsThem(
      RunningServer server, Console console) throws SQLException {
    String name = Unique.name("Dora");
    person(server, name);
    console.signIn(server.adminKey());
    console.open("/users");
    console.field("Search").fill(name);
    assertThat(console.total()).hasText("1 user");

    console.rows().first().click();
    console.button("Deactivate…").click();
    assertThat(console.heading("Deactivate " + name + "?")).isVisible();
    assertThat(console.text("They are signed out of this console at once.")).isVisible();
    confirm(console, "Deactivate");
    assertThat(console.text(name + " is deactivated.")).isVisible();
    assertThat(console.cells("Deactivated")).isVisible();

    console.rows().first().click();
    console.button("Reactivate…").click();
    confirm(console, "Reactivate");
    assertThat(console.text(name + " is active again.")).isVisible();
    assertThat(console.cells("Active")).isVisible();

    console.field("Search").fill(Unique.name("nobody"));
    assertThat(console.heading("No user matches")).isVisible();
  }

  private static void person(RunningServer server, String name) throws SQLException {
    try (Connection connection = TestDatabase.connect(server);
        var statement =
            connection.prepareStatement(
                """
                insert into app_user (id, issuer, subject, provider_id, email, display_name, groups,
                  created_at, last_sign_in_at)
                values (?, 'https://idp.test', ?, 'prv_gone', ?, ?, '["staff"]', now(), now())
                """)) {
      statement.setString(1, Unique.name("usr"));
      statement.setString(2, name);
      statement.setString(3, name + "@example.test");
      statement.setString(4, name);
      statement.executeUpdate();
    }
  }

  private static void confirm(Console console, String verb) {
    console
        .page()
        .getByRole(AriaRole.ALERTDIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(verb).setExact(true))
        .click();
  }
}
