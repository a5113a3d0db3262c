package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.OpenStream;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DumperApp;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// A server that is asked to stop: streams without an end of their own are closed at once, a call
/// that runs comes to its end. The server is this test's own, because it stops.
class DrainOwnServerIT {
  @Test
  void stopWhenAskedThenStandingStreamsEndAndACallFinishes() throws IOException {
    Map<String, String> settings = Map.of("SALLYPORT_GATEWAY_DRAIN", "PT1M");
    try (RunningServer server = RunningServer.start(settings);
        DumperApp upstream = DumperApp.start(0);
        GatewayClient client = new GatewayClient();
        GatewayClient listener = new GatewayClient()) {
      Entrance entrance = Entrance.to(server, upstream.url() + "/");
      String token = entrance.token().signed();
      OpenStream standing = OpenStream.of(listener.stream(entrance.url() + "/sse-quiet", token));
      // A posted stream is a call: it ends when its answer is complete.
      String call = entrance.url() + "/sse?events=20&delayMs=500";
      CompletableFuture<HttpResponse<String>> running =
          CompletableFuture.supplyAsync(() -> client.post(call, token, "{}"));
      upstream.awaitOpenStreams(2, Await.PATIENCE);

      long pid = server.nodes().getFirst().pid();
      new ProcessBuilder("kill", "-TERM", Long.toString(pid)).start();

      standing.awaitCut(Await.PATIENCE);
      assertThat(running).isNotDone();
      HttpResponse<String> finished = running.join();
      assertThat(finished.statusCode()).isEqualTo(200);
      assertThat(finished.body()).contains("{\"n\":20}");
      Await.until(
          "the server's end",
          () -> ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true));
    }
  }
}
