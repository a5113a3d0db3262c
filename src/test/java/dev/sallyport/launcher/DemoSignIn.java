package dev.sallyport.launcher;

import dev.sallyport.testing.idp.DemoIssuer;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The demo's sign-in: its provider, and which roles its groups give. Like the other objects, it
/// is made once and then stays as its users left it.
record DemoSignIn(RestObjects objects, DemoClients clients, DemoIssuer issuer) {
  static final String PROVIDER = "Demo";
  private static final String PROVIDERS = "auth/oidc/providers";
  private static final Map<String, String> ROLES = Map.of("admins", "r-admin", "eng", "r-viewer");

  void ensure() {
    if (objects.find(PROVIDERS, PROVIDER).isMissingNode()) {
      JsonNode provider = objects.create(PROVIDERS, provider());
      String id = provider.get("id").asString();
      ROLES.forEach(
          (group, role) ->
              objects.create(
                  "auth/oidc/group-mappings",
                  Map.of("providerId", id, "group", group, "roleId", role)));
    }
  }

  /// What somebody in these groups may do, in words.
  static String meaning(List<String> groups) {
    if (groups.contains("admins")) {
      return "administers";
    }
    return groups.contains("eng") ? "may look at everything" : "sees only what is their own";
  }

  private Map<String, Object> provider() {
    return Map.of(
        "name", PROVIDER,
        "issuer", issuer.issuer(),
        "clientId", DemoClients.CONSOLE,
        "clientSecret", clients.consoleSecret().reveal(),
        "scopes", List.of("openid", "profile", "email"),
        "groupsClaim", "groups",
        "logoutClients", DemoClients.agents());
  }
}
