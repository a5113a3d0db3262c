package dev.sallyport.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One app with a config, an issuer and a label that no other test has.
public final class Entrance {
  /// What the config's `audience` is.
  public static final String AUDIENCE = "configured-audience";

  private final RunningServer server;
  private final Rest rest;
  private final TestIssuer issuer = TestIssuer.create();
  private final String name = Unique.name("app");
  private final Map<String, Object> appInput = new LinkedHashMap<>();
  private final Map<String, Object> configInput = new LinkedHashMap<>();
  private final String appId;
  private final String configId;

  private Entrance(RunningServer server, Map<String, Object> app, Map<String, Object> config) {
    this.server = server;
    this.rest = Rest.admin(server);
    appInput.put("name", name);
    appInput.put("labels", Map.of("test", name));
    appInput.putAll(app);
    configInput.put("name", name);
    configInput.put("appLabels", Map.of("test", List.of(name)));
    configInput.put("jwt", jwt(AUDIENCE));
    configInput.putAll(config);
    appId = created("apps", appInput);
    configId = created("app-auth-configs", configInput);
  }

  /// An app at this address: an MCP server if it begins with `mcp+`.
  public static Entrance to(RunningServer server, String uri) {
    return of(server, Map.of("uri", uri), Map.of());
  }

  /// With these members of app and config instead of the usual ones.
  public static Entrance of(
      RunningServer server, Map<String, Object> app, Map<String, Object> config) {
    return new Entrance(server, app, config);
  }

  private String created(String path, Map<String, Object> input) {
    Rest.Answer answer = rest.post(path, input);
    if (answer.status() != 201) {
      throw new IllegalStateException(path + " answered " + answer.text());
    }
    return answer.at("/id");
  }

  /// What the config says of tokens, with this audience and the issuer's keys.
  public Map<String, Object> jwt(String audience) {
    return Map.of("issuer", issuer.iss(), "audience", audience, "staticJwks", issuer.jwks());
  }

  public TestToken token() {
    return issuer.token(AUDIENCE);
  }

  public TestIssuer issuer() {
    return issuer;
  }

  /// The app's name, also its label's value and the config's name.
  public String name() {
    return name;
  }

  public String appPath() {
    return "apps/" + appId;
  }

  public String configPath() {
    return "app-auth-configs/" + configId;
  }

  /// Where clients call it.
  public String url() {
    return rest.get(appPath()).at("/url");
  }

  public Rest.Answer changeApp(Map<String, Object> members) {
    return rest.change(appPath(), appInput, members);
  }

  public Rest.Answer changeConfig(Map<String, Object> members) {
    return rest.change(configPath(), configInput, members);
  }

  /// The app's sessions in this state.
  public List<String> sessions(String state) {
    return rest.get("app-sessions?app=" + name + "&state=" + state)
        .json()
        .get("items")
        .findValuesAsString("id");
  }

  /// The one live session.
  public String session() {
    List<String> live = sessions("live");
    if (live.size() != 1) {
      throw new AssertionError("live sessions: " + live);
    }
    return live.getFirst();
  }

  public Rest.Answer end(String session) {
    return rest.delete("app-sessions/" + session);
  }

  public Rest rest() {
    return rest;
  }

  public RunningServer server() {
    return server;
  }
}
