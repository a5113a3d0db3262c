package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestIssuer;
import dev.sallyport.testing.Unique;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A rule for workloads in the console: made, changed, deleted.
@BrowserTest
class WorkloadsViewIT {
  private final TestIssuer issuer = TestIssuer.create();
  private final String name = Unique.name("rule");
  private final String audience = Unique.name("audience");

  private Rest known(RunningServer server) {
    Rest admin = Rest.admin(server);
    Rest.Answer made =
        admin.post("issuers", Map.of("issuer", issuer.iss(), "staticJwks", issuer.jwks()));
    assertThat(made.status()).isEqualTo(201);
    return admin;
  }

  private String rule(Rest admin) {
    Map<String, Object> input = new HashMap<>();
    input.put("name", name);
    input.put("issuer", issuer.iss());
    input.put("audience", audience);
    input.put("conditions", List.of(Map.of("claim", "sub", "anyOf", List.of("repo:acme/*"))));
    input.put("role", "r-viewer");
    return admin.post("auth/workloads", input).at("/id");
  }

  @Test
  void createThenTheWorkloadComesIn(RunningServer server, Console console) {
    known(server);
    console.signIn(server.adminKey());
    console.open("/workloads");
    console.button("New rule").first().click();
    Locator dialog = dialog(console);
    label(dialog, "Name").fill(name);
    choose(console, dialog, "Issuer", issuer.iss());
    label(dialog, "Audience").fill(audience);
    label(dialog, "claim").first().fill("sub");
    label(dialog, "one of these values").first().fill("repo:acme/*");
    label(dialog, "one of these values").first().press("Enter");
    choose(console, dialog, "Role", "r-viewer");
    button(dialog, "Save").click();

    assertThat(console.text("Rule made.")).isVisible();
    assertThat(console.text(name).first()).isVisible();
    try (GatewayClient client = new GatewayClient()) {
      String token = issuer.token(audience).with("sub", "repo:acme/web").signed();
      assertThat(client.get(server.base() + "/api/v1/auth/me", token).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void createWhenNothingIsFilledInThenSaysSoAtTheFields(RunningServer server, Console console) {
    console.signIn(server.adminKey());
    console.open("/workloads");
    console.button("New rule").first().click();
    Locator dialog = dialog(console);
    button(dialog, "Save").click();

    assertThat(dialog.getByText("Must have 1 to 100 characters")).isVisible();
    assertThat(dialog.getByText("Must hold one on a claim other than iss and aud")).isVisible();
  }

  @Test
  void changeThenItHolds(RunningServer server, Console console) {
    Rest admin = known(server);
    String id = rule(admin);
    console.signIn(server.adminKey());
    console.open("/workloads");
    console.button("Change " + name).click();
    Locator dialog = dialog(console);
    label(dialog, "Enabled").uncheck();
    button(dialog, "Save").click();

    assertThat(console.text("Rule changed.")).isVisible();
    assertThat(admin.get("auth/workloads/" + id).at("/state")).isEqualTo("disabled");
  }

  @Test
  void deleteThenGone(RunningServer server, Console console) {
    Rest admin = known(server);
    String id = rule(admin);
    console.signIn(server.adminKey());
    console.open("/workloads");
    console.button("Delete " + name).click();
    Locator question = console.page().locator("vaadin-confirm-dialog[opened]");
    assertThat(question).containsText("refused from the next call on");
    question.locator("vaadin-button[slot='confirm-button']").click();

    assertThat(console.text("“" + name + "” deleted.")).isVisible();
    assertThat(admin.get("auth/workloads/" + id).status()).isEqualTo(404);
  }

  private static Locator dialog(Console console) {
    return console.page().getByRole(AriaRole.DIALOG);
  }

  private static Locator label(Locator within, String label) {
    return within.getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
  }

  private static Locator button(Locator within, String name) {
    return within.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void choose(Console console, Locator dialog, String label, String item) {
    label(dialog, label).click();
    label(dialog, label).fill(item);
    console
        .page()
        .getByRole(AriaRole.OPTION)
        .getByText(item, new Locator.GetByTextOptions().setExact(true))
        .click();
  }
}
