package dev.sallyport.testing.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class DumperStreamsTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final DumperApp dumper = DumperApp.start(0);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    http.shutdownNow();
    dumper.close();
  }

  @Test
  void sseWhenAskedThenStreamsTheEventsInStep() throws Exception {
    long start = System.nanoTime();
    HttpResponse<InputStream> stream = open("/sse?events=3&delayMs=150");

    try (BufferedReader lines = reader(stream.body())) {
      assertThat(lines.lines())
          .containsExactly(
              "id: 1",
              "data: {\"n\":1}",
              "",
              "id: 2",
              "data: {\"n\":2}",
              "",
              "id: 3",
              "data: {\"n\":3}",
              "");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
    dumper.awaitOpenStreams(0, SOON);
  }

  @Test
  void sseWhenClientGoesBetweenEventsThenStreamIsClosedAtOnce() throws Exception {
    HttpResponse<InputStream> stream = open("/sse?events=2&delayMs=600000");
    dumper.awaitOpenStreams(1, SOON);
    assertThat(reader(stream.body()).readLine()).isEqualTo("id: 1");

    stream.body().close();

    dumper.awaitOpenStreams(0, SOON);
  }

  @Test
  void sseQuietWhenOpenedThenHeadersComeAndCountFollowsTheClients() throws Exception {
    HttpResponse<InputStream> one = open("/sse-quiet");
    HttpResponse<InputStream> two = open("/sse-quiet");
    assertThat(one.headers().firstValue("content-type")).hasValue("text/event-stream");
    dumper.awaitOpenStreams(2, SOON);

    one.body().close();
    dumper.awaitOpenStreams(1, SOON);
    two.body().close();
    dumper.awaitOpenStreams(0, SOON);
  }

  @Test
  void closeWhenStreamsAreOpenThenEndsThem() throws Exception {
    DumperApp closing = DumperApp.start(0);
    URI quiet = URI.create(closing.url() + "/sse-quiet");
    InputStream stream =
        http.send(HttpRequest.newBuilder(quiet).build(), BodyHandlers.ofInputStream()).body();

    closing.close();

    assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
    assertThat(closing.openStreams()).isZero();
  }

  @Test
  void sseWhenItEndsThenTheConnectionServesTheNextRequest() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", dumper.port())) {
      socket.setSoTimeout((int) SOON.toMillis());
      BufferedReader lines = reader(socket.getInputStream());
      write(socket, "GET /sse?events=2&delayMs=50 HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
      readUntil(lines, "0");
      write(socket, "GET /after HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      assertThat(lines.lines()).anyMatch(line -> line.contains("\"path\":\"/after\""));
    }
  }

  @Test
  void sseWhenTheNextRequestComesEarlyThenItIsServedAfter() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", dumper.port())) {
      socket.setSoTimeout((int) SOON.toMillis());
      BufferedReader lines = reader(socket.getInputStream());
      write(socket, "GET /sse?events=2&delayMs=300 HTTP/1.1\r\nHost: h\r\n\r\n");
      dumper.awaitOpenStreams(1, SOON);
      readUntil(lines, "data: {\"n\":1}");
      write(socket, "GET /after HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      assertThat(lines.lines().filter(line -> line.contains("data:") || line.contains("/after")))
          .satisfiesExactly(
              last -> assertThat(last).isEqualTo("data: {\"n\":2}"),
              after -> assertThat(after).contains("\"path\":\"/after\""));
    }
  }

  private URI uri(String path) {
    return URI.create(dumper.url() + path);
  }

  private HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofInputStream());
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  private static void readUntil(BufferedReader lines, String wanted) throws IOException {
    String line = lines.readLine();
    while (!wanted.equals(line)) {
      assertThat(line).as("before %s", wanted).isNotNull();
      line = lines.readLine();
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
