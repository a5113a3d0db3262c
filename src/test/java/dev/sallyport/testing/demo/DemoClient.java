package dev.sallyport.testing.demo;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// An agent: the MCP Java SDK's client, initialized, with the same headers on each request. It
/// keeps what the server tells it by itself in queues.
public final class DemoClient implements AutoCloseable {
  private final BlockingQueue<ProgressNotification> progress = new LinkedBlockingQueue<>();
  private final BlockingQueue<List<Tool>> toolChanges = new LinkedBlockingQueue<>();
  private final McpSyncClient mcp;

  private DemoClient(URI url, Map<String, String> headers) {
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(url.resolve("/").toString())
            .endpoint(url.getRawPath())
            .addHttpRequestCustomizer(
                (request, method, uri, body, context) -> headers.forEach(request::setHeader))
            .build();
    mcp =
        McpClient.sync(transport)
            .requestTimeout(Duration.ofMinutes(2))
            .progressConsumer(progress::add)
            .toolsChangeConsumer(toolChanges::add)
            .build();
    mcp.initialize();
  }

  /// Initializes a session at an MCP endpoint.
  public static DemoClient connect(String url, Map<String, String> headers) {
    return new DemoClient(URI.create(url), headers);
  }

  /// The same as the person or agent that holds the token.
  public static DemoClient withBearer(String url, String token) {
    return connect(url, Map.of("Authorization", "Bearer " + token));
  }

  public List<Tool> tools() {
    return mcp.listTools().tools();
  }

  public CallToolResult call(String tool, Map<String, Object> arguments) {
    return mcp.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  /// Calls the slow tool; its steps come to [#progress] under this token.
  public CallToolResult countdown(String progressToken, int steps, int delayMs) {
    return mcp.callTool(
        CallToolRequest.builder("countdown")
            .arguments(Map.of("steps", steps, "delayMs", delayMs))
            .progressToken(progressToken)
            .build());
  }

  public BlockingQueue<ProgressNotification> progress() {
    return progress;
  }

  /// The tools after each change that the server announced.
  public BlockingQueue<List<Tool>> toolChanges() {
    return toolChanges;
  }

  /// The text of a result that has only text.
  public static String text(CallToolResult result) {
    return ((TextContent) result.content().getFirst()).text();
  }

  @Override
  public void close() {
    mcp.close();
  }
}
