package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.FloodUpstream;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DumperApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Clients that dribble, or read nothing: each is given up after a limit. The server is this test's
/// own, because the limits are made short.
class SlowClientOwnServerIT {
  private static final Duration USUAL_HEAD = Duration.ofSeconds(10);

  private static RunningServer server;
  private static DumperApp upstream;
  private static Entrance app;

  @BeforeAll
  static void start() {
    server =
        RunningServer.start(
            Map.of(
                "SALLYPORT_GATEWAY_HEAD_SECONDS",
                "2",
                "SALLYPORT_GATEWAY_BODY_TIMEOUT",
                "PT2S",
                "SALLYPORT_GATEWAY_STREAM_IDLE",
                "PT2S",
                "SALLYPORT_GATEWAY_MAX_CALLS_PER_SESSION",
                "3"));
    upstream = DumperApp.start(0);
    app = Entrance.to(server, "mcp+" + upstream.url() + "/mcp");
  }

  @AfterAll
  static void stop() {
    upstream.close();
    server.close();
  }

  private static String post(String path, String token) {
    return String.join(
        "\r\n",
        "POST " + path + " HTTP/1.1",
        "Host: " + RawCall.host(server),
        "Authorization: Bearer " + token,
        "Content-Type: application/json",
        "Content-Length: 1000",
        "\r\n{");
  }

  private static String toApp(String token) {
    return post("/mcp/apps/" + app.name(), token);
  }

  private static void entered() throws IOException {
    String request = whole(app.token().signed());
    try (RawCall call = RawCall.to(server)) {
      assertThat(call.send(request).readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void headWhenItDribblesThenTheConnectionEnds() throws IOException {
    try (RawCall call = RawCall.to(server)) {
      assertHeadLimit(call);
    }
  }

  @Test
  void headWhenItDribblesOverTlsThenTheConnectionEnds() throws IOException {
    try (RawCall call = RawCall.tlsTo(server)) {
      assertHeadLimit(call);
    }
  }

  private static void assertHeadLimit(RawCall call) throws IOException {
    long begun = System.nanoTime();
    call.send("GET / HTTP/1.1\r\nHost: ");

    assertThat(dribble(call)).doesNotContain("HTTP/1.1 200");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(USUAL_HEAD);
  }

  @Test
  void bodyWhenItDribblesThenRefused() throws IOException {
    entered();
    try (RawCall call = RawCall.to(server)) {
      call.send(toApp(app.token().signed()));

      assertThat(dribble(call)).startsWith("HTTP/1.1 408 ").contains("\"body-too-slow\"");
    }
  }

  @Test
  void callWhenItsSessionIsBusyThenToldToWaitAndOthersAreServed() throws IOException {
    String busy = app.token().with("sub", "busy").signed();
    String other = app.token().with("sub", "other").signed();
    assertThat(answer(whole(busy))).startsWith("HTTP/1.1 200 ");

    Await.until(
        "the session to have all the calls it may",
        () -> {
          try (RawCall first = RawCall.to(server);
              RawCall second = RawCall.to(server);
              RawCall third = RawCall.to(server)) {
            for (RawCall call : List.of(first, second, third)) {
              call.send(toApp(busy));
            }
            String refused = answer(whole(busy));
            assertThat(answer(whole(other))).startsWith("HTTP/1.1 200 ");
            return refused.startsWith("HTTP/1.1 503 ")
                && refused.contains("Retry-After: ")
                && refused.contains("\"session-busy\"");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static String whole(String token) {
    return toApp(token).replace("Length: 1000", "Length: 1");
  }

  private static String answer(String request) throws IOException {
    try (RawCall call = RawCall.to(server)) {
      return call.send(request).readUntil("}");
    }
  }

  @Test
  void bodyWhenItNeverComesToARefusedCallThenTheConnectionEnds() throws IOException {
    try (RawCall call = RawCall.to(server)) {
      call.send(toApp("no-token"));

      assertThat(call.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 401 ");
      assertThat(dribble(call)).doesNotContain("HTTP/1.1");
    }
  }

  @Test
  void bodyWhenItDribblesToRestThenTheConnectionEnds() throws IOException {
    try (RawCall call = RawCall.to(server)) {
      call.send(post("/api/v1/apps", server.adminKey().reveal()));

      assertThat(dribble(call)).doesNotContain("HTTP/1.1 2");
    }
  }

  @Test
  void bodyWhenItDribblesToAPublicRouteThenTheConnectionEnds() throws IOException {
    try (RawCall call = RawCall.to(server)) {
      call.send(
          post("/auth/oidc/back-channel-logout", "x")
              .replace("application/json", "application/x-www-form-urlencoded"));

      assertThat(dribble(call)).doesNotContain("HTTP/1.1 2");
    }
  }

  /// A byte now and then, until the server has had enough; answers what it said.
  private static String dribble(RawCall call) throws IOException {
    Thread sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (true) {
                      call.send("x");
                      LockSupport.parkNanos(200_000_000);
                    }
                  } catch (IOException e) {
                    // The server has closed, as it should.
                  }
                });
    try {
      return call.readToAnyEnd();
    } finally {
      call.close();
      join(sender);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void answerWhenClientReadsNothingThenItEnds() throws IOException {
    try (FloodUpstream flood = FloodUpstream.of(FloodUpstream.ENDLESS)) {
      Entrance endless = Entrance.to(server, flood.url() + "/");
      try (RawCall call = RawCall.slowTo(server)) {
        call.send(
            String.join(
                "\r\n",
                "GET /apps/" + endless.name() + "/x HTTP/1.1",
                "Host: " + RawCall.host(server),
                "Authorization: Bearer " + endless.token().signed(),
                "\r\n"));
        Await.until("the answer to begin", () -> flood.sent() > 0);

        Await.until("the answer to be given up", () -> flood.running() == 0);
      }
    }
  }
}
