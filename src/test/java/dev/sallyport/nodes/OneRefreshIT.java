package dev.sallyport.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.connections.flow.ConnectionWorld;
import dev.sallyport.launcher.Node;
import dev.sallyport.testing.RunningServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Connected accounts on two nodes.
@ExtendWith(TwoNodes.class)
class OneRefreshIT {
  private static final int CALLS = 50;

  @Test
  void callsAtBothNodesWithAnExpiredTokenThenOneRefresh(RunningServer server) throws Exception {
    List<Node> nodes = server.nodes();
    try (ConnectionWorld world = new ConnectionWorld(server)) {
      world.connect();
      world.expireTokens();

      List<Future<Integer>> calls = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < CALLS; i++) {
          NodeClient node = new NodeClient(server, nodes.get(i % nodes.size()));
          String token = world.freshToken();
          calls.add(threads.submit(() -> node.status(world.url(), token)));
        }
      }

      for (Future<Integer> call : calls) {
        assertThat(call.get()).isIn(202, 503);
      }
      assertThat(world.refreshes()).isEqualTo(1);
      for (Node node : nodes) {
        assertThat(new NodeClient(server, node).status(world.url(), world.freshToken()))
            .isEqualTo(202);
      }
      assertThat(world.refreshes()).isEqualTo(1);
    }
  }
}
