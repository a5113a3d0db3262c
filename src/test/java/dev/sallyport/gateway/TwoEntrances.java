package dev.sallyport.gateway;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DumperApp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// One upstream behind two apps: an MCP server that a page of another origin may call, and an HTTP
/// app. Each class has its own, because classes run beside each other.
@ExtendWith(RunningServer.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoEntrances {
  static final String PAGE = "https://page.example";

  DumperApp upstream;
  GatewayClient client;
  Entrance mcp;
  Entrance http;

  @BeforeAll
  void open(RunningServer server) {
    upstream = DumperApp.start(0);
    client = new GatewayClient();
    var origins = List.of(PAGE);
    mcp =
        Entrance.of(
            server,
            Map.of("uri", "mcp+" + upstream.url() + "/mcp", "allowedOrigins", origins),
            Map.of());
    http = Entrance.to(server, upstream.url() + "/");
  }

  @AfterAll
  void close() {
    client.close();
    upstream.close();
  }

  @AfterEach
  void forget() {
    upstream.forgetReceived();
  }
}
