package dev.sallyport.launcher;

import dev.sallyport.testing.demo.DemoIssuer;
import dev.sallyport.testing.demo.DemoWorld;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The demo's apps and configs, made over REST. What is there by name stays as its users left it,
/// only an issuer that moved with `--port` is put right.
final class DemoObjects {
  static final String MCP_APP = "demo-mcp";
  static final String DUMPER = "dumper";
  private static final String APPS = "apps";
  private static final String CONFIGS = "app-auth-configs";

  private final AdminApi api;
  private final String base;
  private final DemoWorld world;

  DemoObjects(AdminApi api, String base, DemoWorld world) {
    this.api = api;
    this.base = base;
    this.world = world;
  }

  void ensure() {
    String mcp = "mcp+" + world.mcp().url();
    ensureApp(MCP_APP, "The demo's MCP server", mcp, Map.of("env", "demo"));
    ensureApp(DUMPER, "Answers what it receives", dumperUri(), Map.of("env", "demo"));
    ensureApp(
        "relay-target", "Called by " + DUMPER + " with its assertion", mcp, Map.of("via", DUMPER));
    ensureConfig(
        Map.of(
            "name",
            "demo",
            "description",
            "People of the demo's identity provider",
            "appLabels",
            Map.of("env", List.of("demo")),
            "jwt",
            jwt(world.issuer().issuer(), DemoIssuer.AUDIENCE, world.issuer().jwksUri())));
    ensureConfig(
        Map.of(
            "name",
            "via-dumper",
            "description",
            "Assertions that came through " + DUMPER,
            "appLabels",
            Map.of("via", List.of(DUMPER)),
            "jwt",
            jwt(base + "/assertions", dumperUri(), base + "/.well-known/jwks.json"),
            "viaApps",
            List.of(DUMPER)));
  }

  private String dumperUri() {
    return world.dumper().url() + "/";
  }

  private static Map<String, Object> jwt(String issuer, String audience, String jwksUrl) {
    return Map.of("issuer", issuer, "audience", audience, "jwksUrl", jwksUrl);
  }

  private void ensureApp(String name, String description, String uri, Map<String, String> labels) {
    if (find(APPS, name).isMissingNode()) {
      create(APPS, Map.of("name", name, "description", description, "uri", uri, "labels", labels));
    }
  }

  private void ensureConfig(Map<String, Object> config) {
    JsonNode found = find(CONFIGS, (String) config.get("name"));
    if (found.isMissingNode()) {
      create(CONFIGS, config);
    } else if (!found.at("/jwt/issuer").asString().equals(issuer(config))) {
      String path = CONFIGS + "/" + found.get("id").asString();
      require(path, api.put(path, api.get(path).etag().orElseThrow(), config), 200);
    }
  }

  private static Object issuer(Map<String, Object> config) {
    return ((Map<?, ?>) config.get("jwt")).get("issuer");
  }

  private JsonNode find(String path, String name) {
    JsonNode items = require(path, api.get(path), 200).get("items");
    for (JsonNode item : items) {
      if (item.get("name").asString().equals(name)) {
        return item;
      }
    }
    return items.path("absent");
  }

  private void create(String path, Map<String, Object> body) {
    require(path, api.post(path, body), 201);
  }

  private static JsonNode require(String path, AdminApi.Answer answer, int status) {
    if (answer.status() != status) {
      throw new LaunchFailedException(
          "The demo's objects were refused: "
              + path
              + " answered "
              + answer.status()
              + " "
              + answer.body());
    }
    return answer.body();
  }
}
