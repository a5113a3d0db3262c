package dev.sallyport.gateway.mcp;

import dev.sallyport.persistence.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a client hears on its stream once its person has connected an account.
public final class WaitingNotes {
  private static final String LIST_CHANGED = "notifications/tools/list_changed";
  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

  private WaitingNotes() {}

  /// Whether the request wants to be told of changes (2026-07-28, subscriptions).
  public static boolean isListen(McpMessage request) {
    return request.is("subscriptions/listen");
  }

  /// In a session: that the requests to open a link are settled, where the client was asked by one,
  /// and that there are other tools, where the gateway said that it would tell.
  public static List<String> ofSession(Set<String> elicitations, boolean toldOfTools) {
    List<String> notes = new ArrayList<>();
    for (String id : elicitations) {
      ObjectNode params = Json.MAPPER.createObjectNode().put("elicitationId", id);
      notes.add(Json.write(note("notifications/elicitation/complete", params)));
    }
    if (toldOfTools) {
      notes.add(Json.write(note(LIST_CHANGED, null)));
    }
    return notes;
  }

  /// The first message of a subscription: what it will tell.
  public static String acknowledged(McpMessage listen) {
    ObjectNode params = Json.MAPPER.createObjectNode();
    ObjectNode honored = params.putObject("notifications");
    if (wantsTools(listen)) {
      honored.put("toolsListChanged", true);
    }
    return Json.write(stamped("notifications/subscriptions/acknowledged", params, listen));
  }

  /// Whether it is to be told of anything that will happen.
  public static boolean wantsTools(McpMessage listen) {
    return listen.params().path("notifications").path("toolsListChanged").asBoolean(false);
  }

  /// The last messages of a subscription: what it waited for, and that it is over.
  public static List<String> ofSubscription(McpMessage listen) {
    ObjectNode end = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
    end.set("id", listen.id());
    ObjectNode result = end.putObject("result").put("resultType", "complete");
    result.putObject("_meta").set(SUBSCRIPTION, listen.id());
    List<String> notes = new ArrayList<>();
    if (wantsTools(listen)) {
      ObjectNode params = Json.MAPPER.createObjectNode();
      notes.add(Json.write(stamped(LIST_CHANGED, params, listen)));
    }
    notes.add(Json.write(end));
    return notes;
  }

  private static ObjectNode stamped(String method, ObjectNode params, McpMessage listen) {
    params.putObject("_meta").set(SUBSCRIPTION, listen.id());
    return note(method, params);
  }

  private static ObjectNode note(String method, @Nullable JsonNode params) {
    ObjectNode note = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0").put("method", method);
    if (params != null) {
      note.set("params", params);
    }
    return note;
  }
}
