package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that speak HTTP/2: many calls on one connection, each of which ends alone.
class RelayHttp2Test {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String STREAM =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final int WINDOW = 65_535;

  @TempDir static Path directory;
  private static SSLContext tls;

  @BeforeAll
  static void makeCertificate() throws Exception {
    tls = Certificates.forName("localhost", directory);
  }

  private static Door door(RelaySettings settings, RawUpstream upstream) {
    return new Door(settings, (host, port) -> InetAddress.getByName(host), tls, upstream.url("/"));
  }

  private static HttpRequest request(Door door, String body) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + door.tlsPort() + "/"))
        .timeout(Door.PATIENCE)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  @Test
  void callsWhenManyShareAConnectionThenAllAreAnswered() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RelayHttp2Test::echo);
        Door door = Door.over(tls, upstream.url("/"));
        HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
      client.send(request(door, "first"), BodyHandlers.ofString());
      List<CompletableFuture<HttpResponse<String>>> calls =
          Stream.iterate(0, i -> i + 1)
              .limit(50)
              .map(i -> request(door, "call " + i + "x".repeat(i * 1000)))
              .map(call -> client.sendAsync(call, BodyHandlers.ofString()))
              .toList();

      for (int i = 0; i < 50; i++) {
        HttpResponse<String> answer = calls.get(i).join();
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).isEqualTo("call " + i + "x".repeat(i * 1000));
      }
      assertThat(door.failures).isEmpty();
    }
  }

  @Test
  void streamWhenEventsTrickleThenEachComesAtOnce() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    RawUpstream.Script twoEvents =
        connection -> {
          connection.nextRequest();
          connection.send(STREAM + "9\r\ndata: 1\n\n\r\n");
          awaitQuietly(seen);
          connection.send("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
          connection.readToEnd();
        };
    try (RawUpstream upstream = RawUpstream.start(twoEvents);
        Door door = Door.over(tls, upstream.url("/"));
        HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
      InputStream body = client.send(request(door, "{}"), BodyHandlers.ofInputStream()).body();
      var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));

      assertThat(lines.readLine()).isEqualTo("data: 1");
      seen.countDown();
      assertThat(lines.lines()).containsExactly("", "data: 2", "");
    }
  }

  @Test
  void streamWhenClientResetsItThenUpstreamIsKilledAndOthersGoOn() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RelayHttp2Test::quietStream);
        Door door = Door.over(tls, upstream.url("/"));
        RawHttp2 client = RawHttp2.connect(tls, door.tlsPort(), WINDOW)) {
      client.get(1);
      client.await(RawHttp2.HEADERS, 1);
      RawConnection first = upstream.awaitConnection();
      client.get(3);
      client.await(RawHttp2.HEADERS, 3);
      RawConnection second = upstream.awaitConnection();

      client.reset(1);

      first.awaitEnd();
      door.awaitCompleted(1);
      second.send("9\r\ndata: 1\n\n\r\n");
      assertThat(client.await(RawHttp2.DATA, 3).text()).isEqualTo("data: 1\n\n");
    }
  }

  @Test
  void callWhenClientResetsItBeforeTheAnswerThenUpstreamIsKilled() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RelayHttp2Test::silence);
        Door door = Door.over(tls, upstream.url("/"));
        RawHttp2 client = RawHttp2.connect(tls, door.tlsPort(), WINDOW)) {
      client.post(1);
      RawConnection behind = upstream.awaitConnection();
      behind.awaitRequest();

      client.reset(1);

      behind.awaitEnd();
      door.awaitCompleted(1);
      door.awaitIdle();
    }
  }

  @Test
  void callWhenClientResetsItInItsBodyThenUpstreamIsKilled() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RawConnection::readToEnd);
        Door door = Door.over(tls, upstream.url("/"));
        RawHttp2 client = RawHttp2.connect(tls, door.tlsPort(), WINDOW)) {
      client.beginPost(1);
      client.body(1, "half");
      RawConnection behind = upstream.awaitConnection();

      client.reset(1);

      behind.awaitEnd();
      door.awaitCompleted(1);
    }
  }

  @Test
  void callWhenTheConnectionBreaksThenUpstreamIsKilled() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RelayHttp2Test::silence);
        Door door = Door.over(tls, upstream.url("/"))) {
      RawHttp2 client = RawHttp2.connect(tls, door.tlsPort(), WINDOW);
      client.post(1);
      RawConnection behind = upstream.awaitConnection();
      behind.awaitRequest();

      client.close();

      behind.awaitEnd();
      door.awaitCompleted(1);
    }
  }

  @Test
  void cutWhenStreamRunsThenOnlyItEnds() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RelayHttp2Test::quietStream);
        Door door = Door.over(tls, upstream.url("/"));
        RawHttp2 client = RawHttp2.connect(tls, door.tlsPort(), WINDOW)) {
      client.get(1);
      client.await(RawHttp2.HEADERS, 1);
      Relay.Handle handle = door.awaitHandle();
      RawConnection first = upstream.awaitConnection();
      client.get(3);
      client.await(RawHttp2.HEADERS, 3);
      RawConnection second = upstream.awaitConnection();

      handle.cut();

      first.awaitEnd();
      client.await(RawHttp2.RST_STREAM, 1);
      second.send("9\r\ndata: 1\n\n\r\n");
      assertThat(client.await(RawHttp2.DATA, 3).text()).isEqualTo("data: 1\n\n");
    }
  }

  @Test
  void answerWhenClientTakesNotTheEndThenItEnds() throws Exception {
    RelaySettings brief =
        Door.waiting(
            10, new RelaySettings.Patience(Door.NEVER, Duration.ofMillis(200), Door.NEVER));
    String large = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(1000);
    try (RawUpstream upstream = RawUpstream.answering(large);
        Door door = door(brief, upstream);
        RawHttp2 client = RawHttp2.connect(tls, door.tlsPort(), 10)) {
      client.get(1);
      client.await(RawHttp2.DATA, 1);

      assertThat(client.isEnded(1)).isTrue();
      door.awaitCompleted(1);
    }
  }

  private static void quietStream(RawConnection connection) throws IOException {
    connection.nextRequest();
    connection.send(STREAM);
    connection.readToEnd();
  }

  private static void silence(RawConnection connection) throws IOException {
    connection.nextRequest();
    connection.readToEnd();
  }

  private static void echo(RawConnection connection) throws IOException {
    while (connection.nextRequest()) {
      String body = connection.lastRequest().body();
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
