package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Measured;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DumperApp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Event streams go through as they come.
@ExtendWith(RunningServer.Extension.class)
class StreamIT {
  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private Entrance entrance;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, upstream.url() + "/");
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  @Test
  void streamWhenEventsTrickleThenEachComesAtOnce() throws IOException {
    String token = entrance.token().signed();
    client.get(entrance.url() + "/warm", token);

    String url = entrance.url() + "/sse?events=100&delayMs=300";
    try (InputStream body = client.stream(url, token).body();
        var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      assertThat(lines.lines().filter(line -> line.startsWith("data:")).limit(3))
          .containsExactly("data: {\"n\":1}", "data: {\"n\":2}", "data: {\"n\":3}");
      assertThat(upstream.openStreams()).isEqualTo(1);
    }
  }

  @Test
  void streamWhenQuietThenHeadersComeAtOnce() throws IOException {
    String token = entrance.token().signed();
    client.get(entrance.url() + "/warm", token);

    long start = System.nanoTime();
    HttpResponse<InputStream> answer = client.stream(entrance.url() + "/sse-quiet", token);

    Measured.promised("head of a quiet stream", Duration.ofMillis(500), start);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    answer.body().close();
  }

  @Test
  void streamWhenClientLeavesThenUpstreamHearsOfIt() throws IOException {
    HttpResponse<InputStream> answer =
        client.stream(entrance.url() + "/sse-quiet", entrance.token().signed());
    upstream.awaitOpenStreams(1, Await.PATIENCE);

    answer.body().close();

    upstream.awaitOpenStreams(0, Await.PATIENCE);
  }

  @Test
  void downloadWhenLargeThenArrivesWhole() throws IOException {
    String url = entrance.url() + "/big?bytes=20000000";

    try (InputStream body = client.stream(url, entrance.token().signed()).body()) {
      byte[] all = body.readAllBytes();
      assertThat(all).hasSize(20_000_000);
      assertThat(all[26]).isEqualTo((byte) 'a');
    }
  }
}
