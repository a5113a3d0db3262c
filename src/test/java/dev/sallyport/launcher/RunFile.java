package dev.sallyport.launcher;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.demo.DemoWorld;
import dev.sallyport.testing.idp.DemoIssuer;
import dev.sallyport.testing.idp.DemoUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// `run.json` and `server.pid`: how scripts and tests find the running server. They are there
/// exactly while it is up.
final class RunFile implements AutoCloseable {
  static final String NAME = "run.json";

  private final DataFolder data;
  private final List<String> pids = new ArrayList<>();

  RunFile(DataFolder data) {
    this.data = data;
    data.delete(NAME);
  }

  Path path() {
    return data.path(NAME);
  }

  /// The name of the file with the id of a node's process; nodes are counted from 1.
  static String pidName(int node) {
    return node == 1 ? "server.pid" : "server-" + node + ".pid";
  }

  void writePid(int node, long pid) {
    data.write(pidName(node), pid + "\n");
    pids.add(pidName(node));
  }

  void write(String base, List<Node> nodes, Secret adminKey, Optional<DemoWorld> world) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("base", base);
    content.put("management", nodes.getFirst().management());
    content.put("adminKey", adminKey.reveal());
    content.put("nodes", nodes);
    world.ifPresent(demo -> content.put("demo", demo(demo, base)));
    JsonMapper json = new JsonMapper();
    data.write(NAME, json.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
  }

  private static Map<String, Object> demo(DemoWorld world, String base) {
    Map<String, Object> demo = new LinkedHashMap<>();
    demo.put("issuer", world.issuer().issuer());
    demo.put("tokenEndpoint", world.issuer().tokenEndpoint());
    demo.put("clientId", DemoIssuer.CLIENTS.getFirst());
    demo.put("consoleClientId", DemoClients.CONSOLE);
    demo.put("operatorToken", world.issuer().operatorToken().reveal());
    demo.put("audience", DemoIssuer.AUDIENCE);
    demo.put("users", world.issuer().users().stream().map(RunFile::credentials).toList());
    demo.put("mcpApp", DemoObjects.MCP_APP);
    demo.put("mcpUrl", base + "/mcp/apps/" + DemoObjects.MCP_APP);
    return demo;
  }

  private static Map<String, String> credentials(DemoUser user) {
    return Map.of("name", user.name(), "password", user.password().reveal());
  }

  @Override
  public void close() {
    data.delete(NAME);
    pids.forEach(data::delete);
  }
}
