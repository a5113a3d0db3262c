package dev.sallyport.gateway.mcp;

import dev.sallyport.persistence.Json;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a client said when it began a session with the gateway, so that the same can be said to the
/// app's server later.
public final class SessionStart {
  /// What follows the start (2025-11-25, lifecycle).
  public static final String READY =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

  // It travels in a header of every call.
  private static final int MOST = 1_500;

  private final JsonNode params;

  private SessionStart(JsonNode params) {
    this.params = params;
  }

  /// Of an `initialize`; what is too long to be kept is cut down to what must be there.
  public static SessionStart of(McpMessage initialize) {
    ObjectNode params = Json.MAPPER.createObjectNode();
    params.put("protocolVersion", SignInReplies.agreed(McpClient.started(initialize).version()));
    params.set("capabilities", object(initialize.params().path("capabilities")));
    params.set("clientInfo", initialize.params().path("clientInfo"));
    if (Json.write(params).length() > MOST || !params.get("clientInfo").isObject()) {
      params.putObject("capabilities");
      params.putObject("clientInfo").put("name", "client").put("version", "0");
    }
    return new SessionStart(params);
  }

  private static JsonNode object(JsonNode node) {
    return node.isObject() ? node : Json.MAPPER.createObjectNode();
  }

  /// Of what [#text] gave.
  public static SessionStart ofText(String text) {
    return new SessionStart(Json.MAPPER.readTree(text));
  }

  /// In one line.
  public String text() {
    return Json.write(params);
  }

  /// The version that the client was told.
  public String version() {
    return params.path("protocolVersion").asString("");
  }

  /// The request that begins the session anew.
  public String message() {
    ObjectNode message = Json.MAPPER.createObjectNode();
    message.put("jsonrpc", "2.0").put("id", 0).put("method", "initialize");
    message.set("params", params);
    return Json.write(message);
  }

  /// Whether the server's answer, plain or as an event stream, begins a session of the version that
  /// the client was told.
  public boolean isAgreed(String answer) {
    Stream<String> found =
        answer.stripLeading().startsWith("{")
            ? Stream.of(answer)
            : answer.lines().filter(l -> l.startsWith("data:")).map(l -> l.substring(5));
    return found.anyMatch(this::begins);
  }

  private boolean begins(String json) {
    try {
      JsonNode result = Json.MAPPER.readTree(json).path("result");
      return result.path("protocolVersion").asString("").equals(version());
    } catch (JacksonException e) {
      return false;
    }
  }
}
