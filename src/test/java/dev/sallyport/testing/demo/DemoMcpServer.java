package dev.sallyport.testing.demo;

import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import dev.sallyport.testing.loopback.LoopbackServer;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainer;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/// An MCP server with sessions (protocol up to 2025-11-25) on the MCP Java SDK, at `/mcp`.
public final class DemoMcpServer implements AutoCloseable {
  private static final String PATH = "/mcp";
  // Without it the transport's refusals carry the stack of the exception that they are.
  private static final JsonMapper MAPPER =
      JsonMapper.builder().addMixIn(McpError.class, ErrorAlone.class).build();

  private final DemoTools tools = new DemoTools();
  // A call holds its thread until its answer is out, so a pool would cap the calls in flight.
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final McpSyncServer mcp;
  private final LoopbackServer server;

  private DemoMcpServer(int port) {
    server = LoopbackServer.open(port);
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder()
            .mcpEndpoint(PATH)
            .jsonMapper(new JacksonMcpJsonMapper(MAPPER))
            .contextExtractor(DemoTools::context)
            .build();
    mcp =
        McpServer.sync(transport)
            .serverInfo("sallyport-demo", "1.0.0")
            .capabilities(ServerCapabilities.builder().tools(true).build())
            .tools(tools.all())
            .immediateExecution(true)
            .build();
    server.serve(deploy(transport));
  }

  @JsonIncludeProperties("jsonRpcError")
  private static final class ErrorAlone {}

  /// Starts on 127.0.0.1; port 0 takes a free one.
  public static DemoMcpServer start(int port) {
    return new DemoMcpServer(port);
  }

  public String url() {
    return server.baseUrl() + PATH;
  }

  public int port() {
    return server.port();
  }

  /// Tells every connected client that the tools changed, over its listening stream.
  public void announceTools() {
    mcp.notifyToolsListChanged();
  }

  @Override
  public void close() {
    tools.stop();
    mcp.close();
    server.close();
    threads.close();
  }

  private HttpHandler deploy(HttpServletStreamableServerTransportProvider transport) {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(DemoMcpServer.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("demo-mcp")
            .setExecutor(threads)
            .addFilter(
                Servlets.filter("early-headers", EarlyHeadersFilter.class).setAsyncSupported(true))
            .addFilterUrlMapping("early-headers", PATH, DispatcherType.REQUEST)
            .addServlet(
                Servlets.servlet(
                        "mcp", transport.getClass(), new ImmediateInstanceFactory<>(transport))
                    .addMapping(PATH)
                    .setAsyncSupported(true));
    DeploymentManager manager = ServletContainer.Factory.newInstance().addDeployment(deployment);
    manager.deploy();
    try {
      return manager.start();
    } catch (ServletException e) {
      throw new IllegalStateException("The MCP servlet did not start", e);
    }
  }
}
