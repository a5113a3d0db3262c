package dev.sallyport.testing.keycloak;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Makes a realm the authorization server of a resource (RFC 8707) for clients that nobody here
/// knows: they register themselves, rotate refresh tokens, and get the resource's scope on request.
final class RemoteRealm {
  static final String SCOPE = "mcp:tools";
  private static final String RESOURCE = "resource";

  private final KeycloakAdmin admin;
  private final String realm;

  RemoteRealm(KeycloakAdmin admin, String realm) {
    this.admin = admin;
    this.realm = "/" + realm;
  }

  void protect(String resource) {
    admin.post(
        realm + "/clients",
        Map.of(
            "clientId",
            RESOURCE,
            "publicClient",
            true,
            "standardFlowEnabled",
            false,
            "attributes",
            Map.of("resource_url", resource)));
    offerScope();
    openRegistration();
    admin.put(realm, Map.of("revokeRefreshToken", true, "refreshTokenMaxReuse", 0));
  }

  private void offerScope() {
    Map<String, Object> audience =
        Map.of(
            "name",
            RESOURCE,
            "protocol",
            "openid-connect",
            "protocolMapper",
            "oidc-audience-mapper",
            "config",
            Map.of("included.client.audience", RESOURCE, "access.token.claim", "true"));
    admin.post(
        realm + "/client-scopes",
        Map.of(
            "name",
            SCOPE,
            "protocol",
            "openid-connect",
            "attributes",
            Map.of("include.in.token.scope", "true"),
            "protocolMappers",
            List.of(audience)));
    for (JsonNode scope : admin.get(realm + "/client-scopes")) {
      if (scope.get("name").asString().equals(SCOPE)) {
        admin.put(
            realm + "/default-optional-client-scopes/" + scope.get("id").asString(), Map.of());
      }
    }
  }

  /// By itself, Keycloak lets nobody register from anywhere.
  private void openRegistration() {
    JsonNode policies =
        admin.get(
            realm
                + "/components?type=org.keycloak.services.clientregistration.policy"
                + ".ClientRegistrationPolicy");
    for (JsonNode policy : policies) {
      if (policy.get("providerId").asString().equals("trusted-hosts")) {
        admin.delete(realm + "/components/" + policy.get("id").asString());
      }
    }
  }
}
