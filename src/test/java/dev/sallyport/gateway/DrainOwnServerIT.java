package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.OpenStream;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.ScriptedUpstream;
import dev.sallyport.testing.demo.DumperApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A server that is asked to stop. It is each test's own, because it stops.
class DrainOwnServerIT {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\ndone";

  private final CompletableFuture<Void> released = new CompletableFuture<>();
  private final ScriptedUpstream slow =
      ScriptedUpstream.start(
          head -> {
            released.join();
            return ANSWER;
          });
  private final DumperApp quick = DumperApp.start(0);
  private final GatewayClient client = new GatewayClient();

  @AfterEach
  void close() {
    released.complete(null);
    client.close();
    quick.close();
    slow.close();
  }

  @Test
  void stopWhenAskedThenItIsNotReadyAndServesAndDrainsInThisOrder() throws IOException {
    Map<String, String> settings =
        Map.of("SALLYPORT_GATEWAY_NOTICE", "PT15S", "SALLYPORT_GATEWAY_DRAIN", "PT1M");
    try (RunningServer server = RunningServer.start(settings)) {
      Entrance entrance = Entrance.to(server, quick.url() + "/");
      String token = entrance.token().signed();
      OpenStream standing = OpenStream.of(client.stream(entrance.url() + "/sse-quiet", token));
      // A posted stream is a call: it ends when its answer is complete.
      String stream = entrance.url() + "/sse?events=60&delayMs=600";
      CompletableFuture<HttpResponse<String>> streaming =
          CompletableFuture.supplyAsync(() -> client.post(stream, token, "{}"));
      CompletableFuture<HttpResponse<String>> waiting = holdCall(server);
      quick.awaitOpenStreams(2, Await.PATIENCE);
      terminate(server);

      Await.until("not ready", () -> readiness(server) == 503);
      HttpResponse<String> late = client.get(entrance.url() + "/late", token);
      assertThat(late.statusCode()).isEqualTo(200);
      assertThat(late.headers().firstValue("Connection")).hasValue("close");
      assertThat(standing.isOpen()).isTrue();

      standing.awaitCut(Await.PATIENCE);
      assertThat(readiness(server)).isEqualTo(503);
      HttpResponse<String> refused = client.get(entrance.url() + "/too-late", token);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("\"draining\"");
      assertThat(streaming).isNotDone();
      assertThat(waiting).isNotDone();
      assertThat(streaming.join().body()).contains("{\"n\":60}");
      released.complete(null);
      assertThat(waiting.join().body()).isEqualTo("done");
      awaitEnd(server);
    }
  }

  @Test
  void callWhenItTakesLongerThanTheDrainThenItIsToldSo() throws IOException {
    Map<String, String> settings = Map.of("SALLYPORT_GATEWAY_DRAIN", "PT1S");
    try (RunningServer server = RunningServer.start(settings)) {
      CompletableFuture<HttpResponse<String>> waiting = holdCall(server);
      terminate(server);

      assertThat(waiting.join().statusCode()).isEqualTo(503);
      assertThat(waiting.join().body()).contains("\"call-cut\"");
      awaitEnd(server);
    }
  }

  @Test
  void stopWhenAskedTwiceThenAtOnce() throws IOException {
    Map<String, String> settings =
        Map.of("SALLYPORT_GATEWAY_NOTICE", "PT1H", "SALLYPORT_GATEWAY_DRAIN", "PT1H");
    try (RunningServer server = RunningServer.start(settings)) {
      CompletableFuture<HttpResponse<String>> waiting = holdCall(server);
      terminate(server);
      Await.until("it leaves", () -> readiness(server) == 503);
      assertThat(waiting).isNotDone();

      terminate(server);

      awaitEnd(server);
    }
  }

  private CompletableFuture<HttpResponse<String>> holdCall(RunningServer server) {
    Entrance entrance = Entrance.to(server, slow.url() + "/");
    String token = entrance.token().signed();
    CompletableFuture<HttpResponse<String>> call =
        CompletableFuture.supplyAsync(() -> client.get(entrance.url() + "/x", token));
    Await.until("the call is at the upstream", () -> !slow.requests().isEmpty());
    return call;
  }

  private static int readiness(RunningServer server) {
    URI ready = URI.create(server.management() + "/health/ready");
    return RunningServer.send(HttpRequest.newBuilder(ready).build()).statusCode();
  }

  private static void terminate(RunningServer server) throws IOException {
    new ProcessBuilder("kill", "-TERM", Long.toString(pid(server))).start();
  }

  private static void awaitEnd(RunningServer server) {
    Await.until(
        "the server's end",
        () -> ProcessHandle.of(pid(server)).map(process -> !process.isAlive()).orElse(true));
  }

  private static long pid(RunningServer server) {
    return server.nodes().getFirst().pid();
  }
}
