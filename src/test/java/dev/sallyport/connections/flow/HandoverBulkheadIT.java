package dev.sallyport.connections.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DumperApp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// A remote server that hangs while sessions are handed over to it keeps nobody out of other apps.
@ExtendWith(RunningServer.Extension.class)
class HandoverBulkheadIT {
  private static final String VERSION = "2025-11-25";

  // A machine that stands still for a moment says nothing about threads.
  private static final int TRIES = 3;

  @Test
  void callWhenHandoversHangThenOthersEnterAtOnce(RunningServer server) {
    assertThat(IntStream.range(0, TRIES)).anyMatch(i -> enterBesideHangingHandovers(server));
  }

  /// Whether the handovers still hung when others had entered, who then did not wait for them.
  private static boolean enterBesideHangingHandovers(RunningServer server) {
    CountDownLatch end = new CountDownLatch(1);
    try (ConnectionWorld world = new ConnectionWorld(server);
        DumperApp upstream = DumperApp.start(0);
        GatewayClient client = new GatewayClient();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      McpAgent agent = new McpAgent(world);
      List<String> begun = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        begun.add(agent.begin(VERSION, ""));
      }
      world.connect();
      Entrance other = Entrance.to(server, "mcp+" + upstream.url());
      world.remote.hangsUntil(end);
      List<CompletableFuture<JsonNode>> calls =
          begun.stream()
              .map(id -> CompletableFuture.supplyAsync(() -> agent.call(VERSION, id), callers))
              .toList();
      Await.until("handovers hang", () -> world.remote.held() >= 4);

      for (int i = 0; i < 5; i++) {
        String token = other.token().with("sub", "person-" + i).signed();
        assertThat(client.post(other.url(), token, "{}").statusCode()).isEqualTo(200);
      }
      boolean hung = calls.stream().noneMatch(CompletableFuture::isDone);
      end.countDown();
      assertThat(calls).allSatisfy(call -> assertThat(call.join()).isNotNull());
      return hung;
    } finally {
      end.countDown();
    }
  }
}
