package dev.sallyport.launcher;

import dev.sallyport.testing.demo.DemoWorld;
import dev.sallyport.testing.idp.DemoIssuer;
import java.net.URI;
import java.util.LinkedHashMap;
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

  private final RestObjects objects;
  private final String base;
  private final DemoWorld world;

  DemoObjects(RestObjects objects, String base, DemoWorld world) {
    this.objects = objects;
    this.base = base;
    this.world = world;
  }

  void ensure() {
    String mcp = "mcp+" + world.mcp().url();
    ensureApp(MCP_APP, "The demo's MCP server", mcp, Map.of("env", "demo"));
    ensureDumper();
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

  /// The one that people open in a browser; its address moves with `--port`.
  private void ensureDumper() {
    Map<String, Object> wanted =
        Map.of(
            "name",
            DUMPER,
            "description",
            "Answers what it receives",
            "uri",
            dumperUri(),
            "labels",
            Map.of("env", "demo"),
            "publicAddress",
            "http://" + DUMPER + ".localhost:" + URI.create(base).getPort());
    JsonNode found = objects.find(APPS, DUMPER);
    if (found.isMissingNode()) {
      objects.create(APPS, wanted);
    } else if (!found.at("/publicAddress").asString("").equals(wanted.get("publicAddress"))) {
      Map<String, Object> moved = new LinkedHashMap<>(wanted);
      // With its labels it keeps whom it lets in.
      moved.put("labels", found.get("labels"));
      objects.replace(APPS + "/" + found.get("id").asString(), moved);
    }
  }

  private String dumperUri() {
    return world.dumper().url() + "/";
  }

  private static Map<String, Object> jwt(String issuer, String audience, String jwksUrl) {
    return Map.of("issuer", issuer, "audience", audience, "jwksUrl", jwksUrl);
  }

  private void ensureApp(String name, String description, String uri, Map<String, String> labels) {
    if (objects.find(APPS, name).isMissingNode()) {
      objects.create(
          APPS, Map.of("name", name, "description", description, "uri", uri, "labels", labels));
    }
  }

  private void ensureConfig(Map<String, Object> config) {
    JsonNode found = objects.find(CONFIGS, (String) config.get("name"));
    if (found.isMissingNode()) {
      objects.create(CONFIGS, config);
    } else if (!found.at("/jwt/issuer").asString().equals(issuer(config))) {
      objects.replace(CONFIGS + "/" + found.get("id").asString(), config);
    }
  }

  private static Object issuer(Map<String, Object> config) {
    return ((Map<?, ?>) config.get("jwt")).get("issuer");
  }
}
