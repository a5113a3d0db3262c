package dev.sallyport.testing.demo;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What the demo MCP server can do: answer at once, answer slowly with progress, and tell who it
/// thinks is calling.
final class DemoTools {
  private static final String IDENTITY = "identity";

  private final CountDownLatch stopped = new CountDownLatch(1);

  /// Keeps of each request what `whoami` needs later.
  static McpTransportContext context(HttpServletRequest request) {
    return McpTransportContext.create(Map.of(IDENTITY, ForwardedIdentity.of(request)));
  }

  List<SyncToolSpecification> all() {
    return List.of(echo(), add(), whoami(), countdown());
  }

  /// Ends running countdowns.
  void stop() {
    stopped.countDown();
  }

  private static SyncToolSpecification echo() {
    Map<String, String> arguments = Map.of("message", "string");
    return tool("echo", "Says the message again", arguments)
        .callHandler((exchange, call) -> text(String.valueOf(call.arguments().get("message"))))
        .build();
  }

  private static SyncToolSpecification add() {
    Map<String, String> arguments = Map.of("a", "number", "b", "number");
    return tool("add", "Adds two numbers", arguments)
        .callHandler((exchange, call) -> text(number(call, "a").add(number(call, "b")).toString()))
        .build();
  }

  private static SyncToolSpecification whoami() {
    return tool("whoami", "Tells whose assertion came with the call", Map.of())
        .callHandler((exchange, call) -> identity(exchange).toResult())
        .build();
  }

  private SyncToolSpecification countdown() {
    Map<String, String> arguments = Map.of("steps", "integer", "delayMs", "integer");
    return tool("countdown", "Counts down with progress, one step per delay", arguments)
        .callHandler(this::count)
        .build();
  }

  private CallToolResult count(McpSyncServerExchange exchange, CallToolRequest call) {
    int steps = number(call, "steps").intValueExact();
    for (int step = 1; step <= steps; step++) {
      if (stopsWithin(number(call, "delayMs").longValueExact())) {
        return CallToolResult.builder().addTextContent("stopped").isError(true).build();
      }
      if (call.progressToken() != null) {
        exchange.progressNotification(
            ProgressNotification.builder(call.progressToken(), step)
                .total((double) steps)
                .message((steps - step) + " to go")
                .build());
      }
    }
    return text("liftoff after " + steps);
  }

  private boolean stopsWithin(long millis) {
    try {
      return stopped.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static ForwardedIdentity identity(McpSyncServerExchange exchange) {
    return (ForwardedIdentity) exchange.transportContext().get(IDENTITY);
  }

  private static BigDecimal number(CallToolRequest call, String name) {
    return new BigDecimal(String.valueOf(call.arguments().get(name)));
  }

  private static CallToolResult text(String text) {
    return CallToolResult.builder().addTextContent(text).build();
  }

  private static SyncToolSpecification.Builder tool(
      String name, String description, Map<String, String> arguments) {
    Map<String, Object> properties = new TreeMap<>();
    arguments.forEach((argument, type) -> properties.put(argument, Map.of("type", type)));
    Map<String, Object> schema =
        Map.of(
            "type",
            "object",
            "properties",
            properties,
            "required",
            List.copyOf(properties.keySet()));
    return SyncToolSpecification.builder()
        .tool(Tool.builder(name, schema).description(description).build());
  }
}
