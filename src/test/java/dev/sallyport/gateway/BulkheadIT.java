package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.ScriptedUpstream;
import dev.sallyport.testing.TestIssuer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An app that hangs takes its own places and nobody else's.
@ExtendWith(RunningServer.Extension.class)
class BulkheadIT {
  // How long a call of the hanging app waits for a place.
  private static final Duration PLACE_PATIENCE = Duration.ofSeconds(2);
  // A machine that stands still for a moment says nothing about places.
  private static final int TRIES = 3;
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void callWhenAnotherAppHangsThenNotSlowed(RunningServer server) {
    CountDownLatch end = new CountDownLatch(1);
    try (ScriptedUpstream hanging = ScriptedUpstream.start(head -> answerAfter(end));
        ScriptedUpstream good = ScriptedUpstream.start(head -> OK);
        GatewayClient client = new GatewayClient();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Entrance bad =
          Entrance.of(
              server,
              Map.of(
                  "uri",
                  "mcp+" + hanging.url() + "/mcp",
                  "traffic",
                  Map.of("maxCallsPerUpstream", 20, "maxWaiting", 10)),
              Map.of());
      Entrance app = Entrance.to(server, "mcp+" + good.url() + "/mcp");
      String token = app.token().signed();
      client.get(app.url(), token);

      String badUrl = bad.url();
      String badToken = bad.token().signed();
      List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        calls.add(CompletableFuture.supplyAsync(() -> client.get(badUrl, badToken), callers));
      }
      Await.until("its places to be taken", () -> hanging.requests().size() == 20);
      assertThat(IntStream.range(0, TRIES))
          .anyMatch(i -> slowest(client, app.url(), token).compareTo(PLACE_PATIENCE) < 0);
      Await.until(
          "those beyond its places to be refused",
          () -> calls.stream().filter(CompletableFuture::isDone).count() == 180);
      assertThat(calls.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
          .allSatisfy(
              refused -> {
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.body()).contains("\"code\":\"upstream-busy\"");
                assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
              });
      assertThat(hanging.requests()).hasSize(20);
      end.countDown();
      assertThat(calls.stream().map(CompletableFuture::join).map(HttpResponse::statusCode))
          .filteredOn(status -> status == 200)
          .hasSize(20);
    }
  }

  @Test
  void callWhenTheKeysOfAnIssuerHangThenOthersEnterAtOnce(RunningServer server) {
    assertThat(IntStream.range(0, TRIES)).anyMatch(i -> enterBesideHangingKeys(server));
  }

  /// Whether the keys still hung when others had entered, who then did not wait for them.
  private static boolean enterBesideHangingKeys(RunningServer server) {
    CountDownLatch end = new CountDownLatch(1);
    TestIssuer issuer = TestIssuer.create();
    AtomicInteger fetches = new AtomicInteger();
    try (ScriptedUpstream idp =
            ScriptedUpstream.start(
                head -> fetches.getAndIncrement() == 0 ? keys(issuer) : answerAfter(end));
        ScriptedUpstream good = ScriptedUpstream.start(head -> OK);
        GatewayClient client = new GatewayClient();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Entrance app = Entrance.to(server, "mcp+" + good.url() + "/mcp");
      Map<String, String> jwt =
          Map.of("issuer", issuer.iss(), "audience", Entrance.AUDIENCE, "jwksUrl", idp.url());
      List<Entrance> theirs =
          IntStream.range(0, 4)
              .mapToObj(
                  i -> Entrance.of(server, Map.of("uri", "mcp+" + good.url()), Map.of("jwt", jwt)))
              .toList();
      String live = issuer.token(Entrance.AUDIENCE).signed();
      assertThat(client.get(theirs.getFirst().url(), live).statusCode()).isEqualTo(200);

      List<CompletableFuture<Integer>> forged =
          theirs.stream().flatMap(their -> forged(their, issuer, callers)).toList();
      Await.until("the keys to be looked for", () -> fetches.get() > 1);
      for (int i = 0; i < 5; i++) {
        String token = app.token().with("sub", "person-" + i).signed();
        assertThat(client.get(app.url(), token).statusCode()).isEqualTo(200);
      }
      boolean hung = forged.stream().noneMatch(CompletableFuture::isDone);
      end.countDown();
      assertThat(forged.stream().map(CompletableFuture::join)).containsOnly(401);
      return hung;
    } finally {
      end.countDown();
    }
  }

  private static String keys(TestIssuer issuer) {
    String keys = issuer.jwks().toString();
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(keys.length(), keys);
  }

  /// Tokens that anybody could write, each from an address of its own.
  private static Stream<CompletableFuture<Integer>> forged(
      Entrance app, TestIssuer issuer, ExecutorService callers) {
    String url = app.url();
    return IntStream.range(0, 8)
        .mapToObj(i -> issuer.token(Entrance.AUDIENCE).header("kid", "k" + i + 2).signed())
        .map(
            token ->
                CompletableFuture.supplyAsync(
                    () -> {
                      try (GatewayClient stranger = new GatewayClient()) {
                        return stranger.get(url, token).statusCode();
                      }
                    },
                    callers));
  }

  private static String answerAfter(CountDownLatch end) {
    try {
      end.await();
      return OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static Duration slowest(GatewayClient client, String url, String token) {
    Duration slowest = Duration.ZERO;
    for (int i = 0; i < 200; i++) {
      long start = System.nanoTime();
      assertThat(client.get(url, token).statusCode()).isEqualTo(200);
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      slowest = slowest.compareTo(taken) < 0 ? taken : slowest;
    }
    System.out.println(
        "measured: slowest of 200 calls beside a hanging app " + slowest.toMillis() + " ms");
    return slowest;
  }
}
