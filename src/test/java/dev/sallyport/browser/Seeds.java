package dev.sallyport.browser;

import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.launcher.AdminApi;
import dev.sallyport.testing.RunningServer;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Makes, over REST, what a test wants to see. Names are new each time, so that tests don't meet.
record Seeds(RunningServer server) {

  /// An app that the demo's config lets people into.
  String app() {
    String name = "it-" + RandomTokens.id("").substring(0, 8).toLowerCase(java.util.Locale.ROOT);
    name = name.replaceAll("[^a-z0-9-]", "x") + "z";
    created(
        "apps",
        Map.of("name", name, "uri", "mcp+http://127.0.0.1:9/mcp", "labels", Map.of("env", "demo")));
    return name;
  }

  /// Opens a session for each of these people of the demo.
  void sessions(String app, List<String> people) {
    for (String person : people) {
      openSession(app, server.token(person));
    }
  }

  void openSession(String app, String token) {
    created("app-sessions", Map.of("app", app, "jwt", token, "remoteAddress", "198.51.100.7"));
  }

  /// A key with this role.
  Secret key(String role) {
    Map<String, String> wanted = Map.of("name", RandomTokens.id("it-"), "role", role);
    return new Secret(created("auth/keys", wanted).get("key").asString());
  }

  /// A link that signs one browser in once.
  String signInLink() {
    return created("auth/sign-in-links", Map.of()).get("url").asString();
  }

  private JsonNode created(String path, Map<String, ?> body) {
    try (AdminApi api = server.api()) {
      AdminApi.Answer answer = api.post(path, body);
      if (answer.status() != 201) {
        throw new AssertionError(path + ": " + answer.status() + " " + answer.body());
      }
      return answer.body();
    }
  }
}
