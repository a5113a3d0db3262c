package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.keycloak.KeycloakRealm;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A realm as a provider of this server, and the way in through Keycloak's own page.
final class KeycloakSignIn implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Console console;
  private final KeycloakRealm realm;
  private final Rest rest;
  private final String name = Unique.name("Keycloak");
  private final String provider;

  KeycloakSignIn(RunningServer server, Console console, KeycloakRealm realm) {
    this.console = console;
    this.realm = realm;
    this.rest = Rest.admin(server);
    this.provider =
        created(
            "auth/oidc/providers",
            Map.of(
                "name", name,
                "issuer", realm.issuer(),
                "clientId", KeycloakRealm.CONSOLE,
                "clientSecret", realm.clientSecret().reveal(),
                "scopes", List.of("openid", "profile", "email"),
                "groupsClaim", "groups",
                "logoutClients", List.of(KeycloakRealm.AGENTS)));
  }

  /// From now on the group gives the role.
  void map(String group, String role) {
    created(
        "auth/oidc/group-mappings", Map.of("providerId", provider, "group", group, "roleId", role));
  }

  private String created(String path, Map<String, Object> body) {
    Rest.Answer answer = rest.post(path, body);
    if (answer.status() != 201) {
      throw new AssertionError(path + ": " + answer.status() + " " + answer.text());
    }
    return answer.at("/id");
  }

  /// Goes through Keycloak's page and waits for the console's menu.
  void as(String person) {
    console.open("/auth/sign-in");
    enter(person);
    assertThat(console.menu()).isVisible();
  }

  /// From the sign-in page, wherever it leads on to.
  void enter(String person) {
    console
        .page()
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with " + name))
        .click();
    console.page().locator("#username").fill(person);
    console.page().locator("#password").fill(realm.password().reveal());
    console.page().locator("#kc-login").click();
  }

  /// The pages that the menu offers.
  List<String> pages() {
    assertThat(console.menu()).isVisible();
    return console.menu().getByRole(AriaRole.LINK).allInnerTexts();
  }

  /// What the browser's session may do, as the server says.
  List<String> permissions() {
    Object me =
        console.page().evaluate("async () => await (await fetch('/api/v1/auth/me')).text()");
    return JSON.readTree((String) me).get("permissions").findValuesAsString("name");
  }

  /// Signs out of the console, and through it of Keycloak.
  void out() {
    console.button("Sign out").click();
    assertThat(console.page().getByText("Sign in with " + name)).isVisible();
  }

  /// Takes the provider off the sign-in page again.
  @Override
  public void close() {
    // This ends the session, upon which the page would load again while the window closes.
    console.leave();
    String path = "auth/oidc/providers/" + provider;
    rest.delete(path + "?deactivate=true", rest.get(path).etag());
  }
}
