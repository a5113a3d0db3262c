package dev.sallyport.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.launcher.Node;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.Measured;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.demo.DumperApp;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two nodes on one database: what is done at one holds at the other.
@ExtendWith(TwoNodes.class)
class NodesIT {
  private static final int REVOCATIONS = 200;
  private static final Duration PROMISE = Duration.ofMillis(250);
  // Also of a busy machine
  private static final Duration USUALLY = Duration.ofSeconds(1);

  private final DumperApp upstream = DumperApp.start(0);
  private RunningServer server;
  private Entrance entrance;
  private NodeClient first;
  private NodeClient second;

  @BeforeEach
  void open(RunningServer running) {
    server = running;
    List<Node> nodes = running.nodes();
    first = new NodeClient(running, nodes.getFirst());
    second = new NodeClient(running, nodes.getLast());
    entrance = Entrance.to(running, upstream.url() + "/");
    TestToken token = entrance.token();
    Await.until("both nodes know the app", () -> call(first, token) == 200);
    Await.until("both nodes know the app", () -> call(second, token) == 200);
    entrance.end(entrance.session());
  }

  @AfterEach
  void close() {
    upstream.close();
  }

  private int call(NodeClient node, TestToken token) {
    return node.status(entrance.url() + "/x", token.signed());
  }

  @Test
  void openWhenFirstCallsRaceAtBothNodesThenOneSession() throws Exception {
    TestToken token = entrance.token();
    String signed = token.signed();
    List<Future<Integer>> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        NodeClient node = i % 2 == 0 ? first : second;
        calls.add(threads.submit(() -> node.status(entrance.url() + "/x", signed)));
      }
    }

    for (Future<Integer> call : calls) {
      assertThat(call.get()).isEqualTo(200);
    }
    assertThat(entrance.sessions("live")).hasSize(1);
  }

  @Test
  void endWhenOnAnotherNodeThenTheStreamIsCutAndCallsAreRefused() throws IOException {
    TestToken token = entrance.token();
    try (InputStream stream = second.stream(entrance.url() + "/sse-quiet", token.signed())) {
      upstream.awaitOpenStreams(1, Await.PATIENCE);
      long start = System.nanoTime();

      entrance.end(entrance.session());

      stream.readAllBytes();
      Measured.promised("a stream cut on the other node", PROMISE, start);
    }
    assertThat(call(first, token)).isEqualTo(401);
    assertThat(call(second, token)).isEqualTo(401);
  }

  @Test
  void endWhenManyTimesThenEveryNodeRefusesSoon() {
    List<Long> micros = new ArrayList<>();
    for (int i = 0; i < REVOCATIONS; i++) {
      TestToken token = entrance.token();
      NodeClient other = i % 2 == 0 ? first : second;
      assertThat(call(other, token)).isEqualTo(200);
      String session = entrance.session();
      long start = System.nanoTime();
      entrance.end(session);
      while (call(other, token) != 401) {
        assertThat(System.nanoTime() - start).isLessThan(Measured.PATIENCE.toNanos());
      }
      micros.add((System.nanoTime() - start) / 1_000);
    }
    Collections.sort(micros);
    System.out.printf(
        "measured: revoked at one node, refused at the other: p50 %d us, p99 %d us, promised %d us%n",
        micros.get(REVOCATIONS / 2), micros.get(REVOCATIONS * 99 / 100), PROMISE.toNanos() / 1_000);
    assertThat(micros.get(REVOCATIONS / 2)).isLessThan(USUALLY.toNanos() / 1_000);
  }

  @Test
  void changeWhenMadeThroughTheBalancerThenBothNodesFollow() {
    TestToken token = entrance.token();
    assertThat(call(first, token)).isEqualTo(200);
    assertThat(call(second, token)).isEqualTo(200);

    entrance.changeConfig(Map.of("enabled", false));

    Await.until("the first node follows", () -> call(first, token) == 404);
    Await.until("the second node follows", () -> call(second, token) == 404);
  }

  @Test
  void providerWhenSwitchedOffOrOnThenBothNodesFollowAtOnce() {
    Rest rest = Rest.admin(server);
    try (FakeIdp idp = FakeIdp.start()) {
      Map<String, Object> input = idp.provider(Unique.name("Corp"));
      String id = rest.post("auth/oidc/providers", input).at("/id");
      String login = "/auth/oidc/login?provider=" + id;
      for (NodeClient node : List.of(first, second)) {
        assertThat(node.location(login)).startsWith(idp.issuer() + "/authorize?");
      }

      rest.change("auth/oidc/providers/" + id, input, Map.of("enabled", false));

      for (NodeClient node : List.of(first, second)) {
        assertThat(node.location(login)).endsWith("?reason=sign-in-provider-unknown");
      }
      rest.change("auth/oidc/providers/" + id, input, Map.of("enabled", true));
      for (NodeClient node : List.of(first, second)) {
        assertThat(node.location(login)).startsWith(idp.issuer() + "/authorize?");
      }
    }
  }

  @Test
  void nodesWhenListedThenBothAreThere() {
    Rest.Answer answer = Rest.admin(server).get("nodes");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("items").findValuesAsString("state")).contains("ready", "ready");
  }
}
