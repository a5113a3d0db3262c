package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An app that hangs takes its own places and nobody else's.
@ExtendWith(RunningServer.Extension.class)
class BulkheadIT {
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
      long quiet = slowest(client, app.url(), token);

      String badUrl = bad.url();
      String badToken = bad.token().signed();
      List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        calls.add(CompletableFuture.supplyAsync(() -> client.get(badUrl, badToken), callers));
      }
      Await.until("its places to be taken", () -> hanging.requests().size() == 20);
      long busy = slowest(client, app.url(), token);

      System.out.println(
          "measured: slowest of 200 calls beside a hanging app "
              + busy / 1_000_000
              + " ms, before "
              + quiet / 1_000_000
              + " ms");
      // As long as the bad app's own calls wait for a place.
      assertThat(Duration.ofNanos(busy)).isLessThan(Duration.ofSeconds(2));
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

  private static String answerAfter(CountDownLatch end) {
    try {
      end.await();
      return OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static long slowest(GatewayClient client, String url, String token) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      long start = System.nanoTime();
      assertThat(client.get(url, token).statusCode()).isEqualTo(200);
      times.add(System.nanoTime() - start);
    }
    return Collections.max(times);
  }
}
