package dev.sallyport.connections.flow;

import static dev.sallyport.connections.flow.ConnectionWorld.json;
import static dev.sallyport.connections.flow.ConnectionWorld.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.EventReader;
import java.io.InputStream;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/// The world's agent as an MCP client of either era.
record McpAgent(ConnectionWorld world) {
  static final String SESSION = "Mcp-Session-Id";
  static final String VERSION = "MCP-Protocol-Version";
  static final String STATELESS = "2026-07-28";

  /// The capability of clients that ask their person to open links.
  static final String URLS = "\"elicitation\":{\"form\":{},\"url\":{}}";

  HttpResponse<String> initialize(String version, String capabilities) {
    HttpResponse<String> started =
        world.send(
            """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"%s",
            "capabilities":{%s},"clientInfo":{"name":"t","version":"1"}}}"""
                .formatted(version, capabilities));
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    return started;
  }

  /// Begins a session; answers its id.
  String begin(String version, String capabilities) {
    return session(initialize(version, capabilities));
  }

  static String session(HttpResponse<String> started) {
    return started.headers().firstValue(SESSION).orElseThrow();
  }

  /// The tool `read` in a session.
  JsonNode call(String version, String session) {
    return json(world.send(toolCall("read"), SESSION, session, VERSION, version));
  }

  /// The stream of a session.
  HttpResponse<InputStream> stream(String version, String session) {
    return world.agent.stream(world.url, world.token.signed(), SESSION, session, VERSION, version);
  }

  EventReader events(String version, String session) {
    HttpResponse<InputStream> stream = stream(version, session);
    assertThat(stream.statusCode()).isEqualTo(200);
    assertThat(stream.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    return EventReader.of(stream);
  }

  /// The tool `read` without a session.
  HttpResponse<String> callStateless(String capabilities) {
    String[] headers = {VERSION, STATELESS, "Mcp-Method", "tools/call", "Mcp-Name", "read"};
    String params = "\"name\":\"read\",\"arguments\":{}";
    return world.send(stateless("tools/call", params, capabilities), headers);
  }

  /// A subscription to these changes.
  EventReader listen(String notifications) {
    String params = "\"notifications\":{%s}".formatted(notifications);
    HttpResponse<InputStream> stream =
        world.agent.postStream(
            world.url,
            world.token.signed(),
            stateless("subscriptions/listen", params, ""),
            VERSION,
            STATELESS,
            "Mcp-Method",
            "subscriptions/listen");
    assertThat(stream.statusCode()).isEqualTo(200);
    return EventReader.of(stream);
  }

  private static String stateless(String method, String params, String capabilities) {
    return """
        {"jsonrpc":"2.0","id":7,"method":"%s","params":{%s,
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
        "io.modelcontextprotocol/clientCapabilities":{%s}}}}"""
        .formatted(method, params, capabilities);
  }
}
