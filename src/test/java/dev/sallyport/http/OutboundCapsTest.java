package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.OutboundException.Reason;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Measured;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// Its deadlines are short: beside others, time would run out in another phase than meant.
@Isolated
@Timeout(180)
class OutboundCapsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private final Outbound outbound = Outbound.allowing("127.0.0.1");

  @Test
  void fetchWhenTheBodyIsAsLongAsAllowedThenGivesIt() throws Exception {
    try (LoopbackServer server = LoopbackServer.plain("127.0.0.1")) {
      server.answer("/", 200, "x".repeat(100));
      FetchRequest request = FetchRequest.get(server.url("/")).maxBytes(100);
      assertThat(outbound.fetch(request).text()).hasSize(100);
    }
  }

  @Test
  void fetchWhenTheBodyIsLongerThenRefuses() throws Exception {
    try (LoopbackServer server = LoopbackServer.plain("127.0.0.1")) {
      server.answer("/", 200, "x".repeat(101));
      FetchRequest request = FetchRequest.get(server.url("/")).maxBytes(100);
      assertThat(outbound.failure(request).reason()).isEqualTo(Reason.TOO_LARGE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n"
        + "', '10\r\n"
        + "xxxxxxxxxxxxxxxx\r\n"
        + "', TOO_LARGE",
    "'HTTP/1.1 200 OK\r\n\r\n', 'xxxxxxxxxxxxxxxxxxxx', TOO_LARGE",
    "'HTTP/1.1 200 OK\r\n', 'X-Filler: xxxxxxxxxxxxxxxxxx\r\n', IO"
  })
  void fetchWhenTheAnswerNeverEndsThenStops(String start, String again, Reason reason)
      throws Exception {
    try (DrippingServer server = new DrippingServer(start, again, Duration.ofMillis(1))) {
      FetchRequest request =
          FetchRequest.get(server.url("http")).maxBytes(100).within(Duration.ofMinutes(1));
      assertThat(outbound.failure(request).reason()).isEqualTo(reason);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http, 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n', x",
    "http, 'HTTP/1.1 200 OK\r\nX-Slow: ', x",
    "http, '', ''",
    "https, '', ''",
    "https, '\u0016\u0003\u0003\u0040\u0000\u0002\u0000\u0040\u0000', '\u0000'"
  })
  void fetchWhenTheAnswerDripsThenTheDeadlineHoldsAndTheConnectionIsClosed(
      String scheme, String start, String drop) throws Exception {
    try (DrippingServer server = new DrippingServer(start, drop, Duration.ofMillis(50));
        OutboundHttp http = outbound.open()) {
      FetchRequest request = FetchRequest.get(server.url(scheme)).within(DEADLINE);
      long begun = System.nanoTime();
      assertThat(reasonOf(http, request)).isEqualTo(Reason.TIMEOUT);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(DEADLINE.dividedBy(2));
      Measured.promised("fetch that drips", DEADLINE, begun);
      assertThat(server.awaitClosedByClient(Await.PATIENCE)).isTrue();
    }
  }

  @Test
  void fetchWhenDnsHangsThenTheDeadlineHolds() {
    CountDownLatch never = new CountDownLatch(1);
    Outbound stuck =
        outbound.names(
            host -> {
              awaitQuietly(never);
              return new InetAddress[0];
            });
    FetchRequest request = FetchRequest.get(URI.create("https://idp.test/")).within(DEADLINE);
    assertThat(stuck.failure(request).reason()).isEqualTo(Reason.TIMEOUT);
  }

  private static Reason reasonOf(OutboundHttp http, FetchRequest request) {
    try {
      throw new AssertionError("unexpected: " + http.fetch(request));
    } catch (OutboundException e) {
      return e.reason();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
