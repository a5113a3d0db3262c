package dev.sallyport.gateway.mcp;

import dev.sallyport.connections.AuthRequired;
import dev.sallyport.persistence.Json;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The answers to a client while its person must connect an account: enough of a server to be
/// talked to, one tool that gives the link, and the link itself for whatever is called, in the way
/// that the client understands.
public final class SignInReplies {
  static final String TOOL = "connect_account";
  private static final String INPUT = "sallyport-connection";
  private static final String CHALLENGE = "dev.sallyport/challenge";
  private static final int URL_ELICITATION_REQUIRED = -32042;
  private static final int METHOD_NOT_FOUND = -32601;
  // Outside of what JSON-RPC and the protocol keep for themselves.
  private static final int SIGN_IN_NEEDED = -31_401;
  private static final Set<String> VERSIONS =
      Set.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");
  // Only these may be answered by a question (2026-07-28, multi round-trip requests).
  private static final Set<String> MAY_ASK = Set.of("tools/call", "prompts/get", "resources/read");

  private final AuthRequired need;

  public SignInReplies(AuthRequired need) {
    this.need = need;
  }

  /// The answer to a request, as JSON-RPC.
  public ObjectNode reply(McpMessage request, McpClient client) {
    ObjectNode reply = Json.MAPPER.createObjectNode();
    reply.put("jsonrpc", "2.0");
    reply.set("id", request.id());
    Optional<ObjectNode> result =
        client.isStateless() && !request.is("initialize")
            ? stateless(request, client)
            : inSession(request, client);
    if (result.isPresent()) {
      reply.set("result", result.get());
    } else {
      reply.set("error", error(request, client));
    }
    return reply;
  }

  private Optional<ObjectNode> inSession(McpMessage request, McpClient client) {
    return switch (request.method()) {
      case "initialize" -> Optional.of(initialized(client));
      case "ping" -> Optional.of(Json.MAPPER.createObjectNode());
      case "tools/list" -> Optional.of(tools());
      case "tools/call" -> client.takesLinks() ? Optional.empty() : Optional.of(told(request));
      default -> Optional.empty();
    };
  }

  private Optional<ObjectNode> stateless(McpMessage request, McpClient client) {
    boolean asks = client.takesLinks() && MAY_ASK.contains(request.method());
    if (asks && !isAnswered(request)) {
      return Optional.of(question(request));
    }
    return switch (request.method()) {
      case "server/discover" -> Optional.of(fresh(discovered()));
      case "tools/list" -> Optional.of(fresh(tools()));
      case "tools/call" -> Optional.of(complete(told(request)));
      default -> Optional.empty();
    };
  }

  /// Whether the person would not, or was asked in this very request and is not done: asking once
  /// more at once would only go round.
  private static boolean isAnswered(McpMessage request) {
    String action = request.params().path("inputResponses").path(INPUT).path("action").asString("");
    return action.equals("decline") || action.equals("cancel");
  }

  private ObjectNode error(McpMessage request, McpClient client) {
    if (!client.isStateless() && client.takesLinks()) {
      ObjectNode data = challenge();
      data.putArray("elicitations").add(elicitation());
      return error(URL_ELICITATION_REQUIRED, need.message(), data);
    }
    boolean isKnown = MAY_ASK.contains(request.method());
    return isKnown
        ? error(SIGN_IN_NEEDED, need.message() + " " + need.authUrl(), challenge())
        : error(METHOD_NOT_FOUND, "Not served until the account is connected.", challenge());
  }

  private static ObjectNode error(int code, String message, ObjectNode data) {
    ObjectNode error = Json.MAPPER.createObjectNode();
    error.put("code", code);
    error.put("message", message);
    error.set("data", data);
    return error;
  }

  private ObjectNode initialized(McpClient client) {
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.put("protocolVersion", agreed(client.version()));
    result.putObject("capabilities").putObject("tools").put("listChanged", true);
    return introduced(result);
  }

  /// The version of a session with a client that wants this one.
  static String agreed(String wanted) {
    return VERSIONS.contains(wanted) ? wanted : McpClient.URL_ELICITATION;
  }

  private ObjectNode discovered() {
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.putArray("supportedVersions").add(McpClient.STATELESS);
    result.putObject("capabilities").putObject("tools").put("listChanged", true);
    return introduced(result);
  }

  private ObjectNode introduced(ObjectNode result) {
    result.putObject("serverInfo").put("name", need.serverName()).put("version", "0");
    return result.put("instructions", need.message() + " " + need.authUrl());
  }

  private ObjectNode tools() {
    ObjectNode tool = Json.MAPPER.createObjectNode();
    tool.put("name", TOOL);
    tool.put("title", "Connect your account at " + need.serverName());
    tool.put(
        "description",
        "The tools of %s appear once its user has connected an account there. Call this to get the"
                .formatted(need.serverName())
            + " link for the user; afterwards list the tools again.");
    tool.putObject("inputSchema").put("type", "object");
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.putArray("tools").add(tool);
    return result;
  }

  /// Only our own tool has done what it was called for; what another tool would answer is for its
  /// server to say.
  private ObjectNode told(McpMessage request) {
    boolean isOurs = request.params().path("name").asString("").equals(TOOL);
    ObjectNode result = Json.MAPPER.createObjectNode();
    result
        .putArray("content")
        .addObject()
        .put("type", "text")
        .put("text", need.message() + "\n" + need.authUrl());
    result.set("structuredContent", challenge());
    return result.put("isError", !isOurs);
  }

  /// A client's state of an earlier round goes back as it came: it is the server's, not ours.
  private ObjectNode question(McpMessage request) {
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.put("resultType", "input_required");
    // The schema has no other place for members of ours.
    result.putObject("_meta").set(CHALLENGE, challenge());
    ObjectNode asked = result.putObject("inputRequests").putObject(INPUT);
    asked.put("method", "elicitation/create").set("params", elicitation());
    JsonNode state = request.params().path("requestState");
    if (state.isString()) {
      result.set("requestState", state);
    }
    return result;
  }

  private ObjectNode elicitation() {
    return Json.MAPPER
        .createObjectNode()
        .put("mode", "url")
        .put("elicitationId", need.elicitationId())
        .put("url", need.authUrl())
        .put("message", need.message());
  }

  private ObjectNode challenge() {
    return Json.MAPPER.valueToTree(need.challenge());
  }

  private static ObjectNode complete(ObjectNode result) {
    return result.put("resultType", "complete");
  }

  /// It changes as soon as the account is connected, and is this person's alone.
  private static ObjectNode fresh(ObjectNode result) {
    return complete(result).put("ttlMs", 0).put("cacheScope", "private");
  }
}
