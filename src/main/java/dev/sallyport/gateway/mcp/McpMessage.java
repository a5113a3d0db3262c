package dev.sallyport.gateway.mcp;

import dev.sallyport.persistence.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One JSON-RPC message of a client.
///
/// @param id absent for notifications
/// @param method empty for an answer to the server
public record McpMessage(@Nullable JsonNode id, String method, JsonNode params) {
  private static final int MOST = 50;

  /// The messages of a body: one, or several in a batch of 2025-03-26; empty where it holds none.
  public static List<McpMessage> read(byte[] body) {
    try {
      JsonNode json = Json.MAPPER.readTree(body);
      List<McpMessage> messages = new ArrayList<>();
      if (json.isArray() && json.size() <= MOST) {
        json.forEach(one -> of(one).ifPresent(messages::add));
      } else {
        of(json).ifPresent(messages::add);
      }
      return messages;
    } catch (JacksonException e) {
      return List.of();
    }
  }

  private static Optional<McpMessage> of(JsonNode json) {
    if (!json.isObject() || !json.path("jsonrpc").asString("").equals("2.0")) {
      return Optional.empty();
    }
    JsonNode id = json.get("id");
    boolean isNamed = id != null && (id.isString() || id.isIntegralNumber());
    String method = json.path("method").asString("");
    return Optional.of(new McpMessage(isNamed ? id : null, method, json.path("params")));
  }

  public boolean isRequest() {
    return id != null && !method.isEmpty();
  }

  public boolean is(String name) {
    return method.equals(name);
  }

  /// What the request itself says about the client, from 2026-07-28 on.
  public JsonNode meta(String name) {
    return params.path("_meta").path("io.modelcontextprotocol/" + name);
  }
}
