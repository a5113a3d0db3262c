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
import org.junit.jupiter.api.extension.ExtendWith;

/// One upstream behind two apps: an MCP server that a page of another origin may call, and an HTTP
/// app.
@ExtendWith(RunningServer.Extension.class)
class TwoEntrances {
  static final String PAGE = "https://page.example";

  static DumperApp upstream;
  static GatewayClient client;
  static Entrance mcp;
  static Entrance http;

  @BeforeAll
  static void open(RunningServer server) {
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
  static void close() {
    client.close();
    upstream.close();
  }

  @AfterEach
  void forget() {
    upstream.forgetReceived();
  }
}
