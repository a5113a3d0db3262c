package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.crypto.Secret;
import dev.sallyport.launcher.AdminApi;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@BrowserTest
class TrustedIssuersIT {
  @Test
  void newWhenLabelsAreTypedThenPreviewsTheApps(RunningServer server, Console console) {
    String app = new Seeds(server).app();
    console.signIn(server.adminKey());
    console.open("/trusted-issuers/new");
    Locator preview = preview(console);
    assertThat(preview).containsText("Add a label");
    choose(console, "label", "env");
    choose(console, "any of these values", "demo");
    assertThat(preview).containsText(app);
    assertThat(preview).containsText("No rules: everyone at this issuer");

    choose(console, "Issuer (iss)", server.issuer());
    assertThat(preview).containsText("Tie with");
    assertThat(console.text("Key ids")).isVisible();
  }

  @Test
  void newWithPastedKeysThenIsStoredWhole(RunningServer server, Console console) {
    String name = new Seeds(server).app();
    console.signIn(server.adminKey());
    console.open("/trusted-issuers/new");
    console.page().getByLabel("Name").first().fill(name);
    choose(console, "label", "team");
    choose(console, "any of these values", name + "-*");
    choose(console, "Issuer (iss)", "https://" + name + ".example");
    console.page().getByText("Pasted keys").click();
    console.page().getByLabel("Key set (JWKS)").fill(KEYS);
    console.button("Add rule").click();
    choose(console, "claim, such as groups", "groups");
    choose(console, "any of", "eng-*");
    console.button("Create").click();

    assertThat(console.page()).hasURL(server.base() + "/trusted-issuers");
    JsonNode config = config(server, name);
    assertThat(config.at("/jwt/issuer").asString()).isEqualTo("https://" + name + ".example");
    assertThat(config.at("/appLabels/team/0").asString()).isEqualTo(name + "-*");
    assertThat(config.at("/allow/0/claim").asString()).isEqualTo("groups");
    assertThat(config.at("/allow/0/anyOf/0").asString()).isEqualTo("eng-*");
    assertThat(config.at("/jwt/maxTokenAge").asString()).isEqualTo("PT30M");
  }

  @Test
  void newWhenFieldsAreWrongThenSaysSoAtTheFields(RunningServer server, Console console) {
    console.signIn(server.adminKey());
    console.open("/trusted-issuers/new");
    console.button("Create").click();
    assertThat(console.text("Must name a label")).isVisible();
    assertThat(console.text("Must be 1 to 63 of a-z")).isVisible();
    assertThat(console.text("Must be the `iss` of the tokens")).isVisible();
  }

  @Test
  void changeThenKeepsEveryOtherField(RunningServer server, Console console) {
    JsonNode before = stored(server);
    console.signIn(server.adminKey());
    console.open("/trusted-issuers/" + before.get("id").asString());
    console.page().getByLabel("Description").fill("changed");
    console.button("Save").click();
    assertThat(console.page()).hasURL(server.base() + "/trusted-issuers");

    JsonNode after = config(server, before.get("name").asString());
    assertThat(after.get("description").asString()).isEqualTo("changed");
    for (String field : List.of("appLabels", "jwt", "allow", "requiredScopes", "allowedClients")) {
      assertThat(after.get(field)).as(field).isEqualTo(before.get(field));
    }
    for (String field : List.of("sessionLifetime", "idleTimeout", "priority", "enabled")) {
      assertThat(after.get(field)).as(field).isEqualTo(before.get(field));
    }
  }

  @Test
  void testOfADraftThenAsksTheFormAsItStands(RunningServer server, Console console) {
    JsonNode demo = config(server, "demo");
    console.signIn(server.adminKey());
    console.open("/trusted-issuers/" + demo.get("id").asString());
    console.button("Add rule").click();
    choose(console, "claim, such as groups", "groups");
    choose(console, "any of", "nobody");
    console.button("Test a token").click();
    console.page().getByLabel("Token (JWT)").fill(server.token("alice"));
    console.button("Test token").click();

    assertThat(console.page().locator(".sp-verdict")).containsText("not-allowed");
    assertThat(config(server, "demo")).isEqualTo(demo);
  }

  @Test
  void refreshKeysThenFetchesThemNow(RunningServer server, Console console) {
    console.signIn(server.adminKey());
    console.open("/trusted-issuers/" + config(server, "demo").get("id").asString());
    console.button("Refresh keys now").click();
    assertThat(console.text("Keys refreshed")).isVisible();
  }

  @Test
  void viewerThenSeesTheFormButCannotSave(RunningServer server, Console console) {
    String id = config(server, "demo").get("id").asString();
    console.signIn(new Seeds(server).key("r-viewer"));
    console.open("/trusted-issuers/" + id);
    assertThat(console.page().getByLabel("Name").first()).isDisabled();
    assertThat(console.button("Save")).hasCount(0);
    assertThat(console.button("Refresh keys now")).hasCount(0);
  }

  @Test
  void searchThenShowsWhatFitsOnly(RunningServer server, Console console) {
    String name = stored(server).get("name").asString();
    console.signIn(server.adminKey());
    console.open("/trusted-issuers");
    console.page().getByLabel("Search configs").fill("AUD-" + name);
    assertThat(console.total()).hasText("1 config");
    assertThat(console.cells(name)).isVisible();

    console.page().getByLabel("Search configs").fill("no such thing");
    assertThat(console.heading("No config matches")).isVisible();
  }

  /// What a pattern matches tomorrow nobody knows, so it lies in no scope.
  @Test
  void openWithinAScopeThenShowsItsConfigsOnly(RunningServer server, Console console) {
    String team = stored(server).get("name").asString();
    String inside = Unique.name("inside");
    Rest rest = Rest.admin(server);
    rest.post(
        "app-auth-configs",
        Map.of(
            "name", inside,
            "appLabels", Map.of("team", List.of(team)),
            "jwt", Map.of("issuer", server.issuer())));
    Map<String, Object> scope = Map.of("team", List.of(team));
    Map<String, Object> key = Map.of("name", team, "role", "r-viewer", "scope", scope);
    console.signIn(new Secret(rest.post("auth/keys", key).at("/key")));
    console.open("/trusted-issuers");

    assertThat(console.total()).hasText("1 config");
    assertThat(console.cells(inside)).isVisible();
  }

  /// A config with a value in every field.
  private static JsonNode stored(RunningServer server) {
    String name = new Seeds(server).app();
    try (AdminApi api = server.api()) {
      AdminApi.Answer answer =
          api.post(
              "app-auth-configs",
              Map.ofEntries(
                  Map.entry("name", name),
                  Map.entry("appLabels", Map.of("team", List.of(name, "^x[0-9]$"))),
                  Map.entry("jwt", Map.of("issuer", server.issuer(), "audience", "aud-" + name)),
                  Map.entry("usernameClaims", List.of("upn", "sub")),
                  Map.entry("algorithms", List.of("RS256", "EdDSA")),
                  Map.entry("maxTokenAge", "off"),
                  Map.entry("sessionLifetime", "PT90M"),
                  Map.entry("idleTimeout", "PT45S"),
                  Map.entry("allow", List.of(Map.of("claim", "groups", "anyOf", List.of("a,b")))),
                  Map.entry("requiredScopes", List.of("s1", "s2")),
                  Map.entry("allowedClients", List.of("c1")),
                  Map.entry("priority", -3),
                  Map.entry("enabled", false)));
      assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
      return answer.body();
    }
  }

  private static JsonNode config(RunningServer server, String name) {
    try (AdminApi api = server.api()) {
      for (JsonNode config : api.get("app-auth-configs").body().get("items")) {
        if (config.get("name").asString().equals(name)) {
          return config;
        }
      }
    }
    throw new AssertionError("There is no config " + name);
  }

  private static Locator preview(Console console) {
    return console.page().getByRole(AriaRole.COMPLEMENTARY);
  }

  private static void choose(Console console, String field, String text) {
    Locator box =
        console
            .page()
            .getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(field))
            .last();
    box.fill(text);
    box.press("Enter");
    box.press("Tab");
  }

  private static final String KEYS =
      """
      {"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k1","use":"sig",
       "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}\
      """;
}
