package dev.sallyport.testing.keycloak;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.RunningServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Keycloak's admin REST API.
final class KeycloakAdmin {
  static final String NAME = "admin";
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String base;
  private final Secret password;

  KeycloakAdmin(String base, Secret password) {
    this.base = base;
    this.password = password;
  }

  void createRealm(String json) {
    send("POST", "", BodyPublishers.ofString(json));
  }

  JsonNode get(String path) {
    return JSON.readTree(send("GET", path, BodyPublishers.noBody()));
  }

  void post(String path, Object body) {
    send("POST", path, BodyPublishers.ofString(JSON.writeValueAsString(body)));
  }

  void put(String path, Object body) {
    send("PUT", path, BodyPublishers.ofString(JSON.writeValueAsString(body)));
  }

  void delete(String path) {
    send("DELETE", path, BodyPublishers.noBody());
  }

  private String send(String method, String path, BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/admin/realms" + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    HttpResponse<String> answer = RunningServer.send(request);
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(
          method + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  // It lasts a minute: a new one for each call.
  private String token() {
    String form =
        "grant_type=password&client_id=admin-cli&username="
            + NAME
            + "&password="
            + password.reveal();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/realms/master/protocol/openid-connect/token"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return JSON.readTree(RunningServer.send(request).body()).get("access_token").asString();
  }
}
