package dev.sallyport.connections.flow;

import static dev.sallyport.connections.flow.ConnectionWorld.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.RunningServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Many calls of one agent at once whose token is over, while the authorization server takes its
/// time: they wait for one refresh, and none is turned away.
@ExtendWith(RunningServer.Extension.class)
class ManyCallsIT {
  private static final int CALLS = 50;

  private ConnectionWorld world;

  @BeforeEach
  void open(RunningServer server) {
    world = new ConnectionWorld(server);
    world.connect();
    assertThat(world.send(toolCall("read")).statusCode()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void tokensWhenRefusedByTheServerThenOneRefreshForAllCalls() throws Exception {
    world.ageTokens();
    world.auth.expireAll();
    int before = world.remote.refused();
    world.auth.meanwhile(
        () -> {
          Await.until("all to be refused", () -> world.remote.refused() >= before + CALLS);
          longerThanPatience();
        });

    assertThat(inParallel(world.token.signed())).containsOnly(200).hasSize(CALLS);

    assertThat(world.refreshes()).isEqualTo(1);
    assertThat(world.remote.refused()).isEqualTo(before + CALLS);
  }

  @Test
  void tokensWhenOverThenOneRefreshForAllCalls() throws Exception {
    world.expireTokens();
    world.auth.expireAll();
    int before = world.remote.refused();
    world.auth.meanwhile(ManyCallsIT::longerThanPatience);

    assertThat(inParallel(world.freshToken())).containsOnly(200).hasSize(CALLS);

    assertThat(world.refreshes()).isEqualTo(1);
    assertThat(world.remote.refused()).as("none went with the old token").isEqualTo(before);
  }

  /// Longer than a thread waits for its turn at a token endpoint.
  private static void longerThanPatience() {
    try {
      boolean ended = new CountDownLatch(1).await(1_200, TimeUnit.MILLISECONDS);
      assertThat(ended).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private List<Integer> inParallel(String token) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> one = () -> status(token);
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> call : threads.invokeAll(Collections.nCopies(CALLS, one))) {
        statuses.add(call.get(60, TimeUnit.SECONDS));
      }
      return statuses;
    }
  }

  private int status(String token) {
    return world.agent.post(world.url, token, toolCall("read")).statusCode();
  }
}
