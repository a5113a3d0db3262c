package dev.sallyport.gateway.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.apps.HealthCheck;
import dev.sallyport.gateway.health.Circuit;
import dev.sallyport.gateway.relay.AddressRefusedException;
import dev.sallyport.gateway.relay.AddressResolver;
import dev.sallyport.gateway.relay.Egress;
import dev.sallyport.gateway.relay.RelaySettings;
import dev.sallyport.gateway.relay.UpstreamPool;
import dev.sallyport.gateway.relay.UpstreamTarget;
import dev.sallyport.gateway.relay.WaitCounts;
import dev.sallyport.gateway.relay.WaitingRoom;
import dev.sallyport.testing.DeadPort;
import dev.sallyport.testing.ScriptedUpstream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeTest {
  private static UpstreamPool upstream(String url, AddressResolver resolver, Executor blocking) {
    try {
      Egress egress =
          new Egress(RelaySettings.defaults(), resolver, blocking, SSLContext.getDefault());
      return new UpstreamPool(
          new UpstreamTarget("up_1", URI.create(url)),
          egress,
          new Circuit(Clock.systemUTC(), System::nanoTime),
          new WaitingRoom(0, new WaitCounts()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static @Nullable String fault(String url, HealthCheck way, AddressResolver resolver) {
    return new Probe(Duration.ofSeconds(3)).fault(upstream(url, resolver, Runnable::run), way);
  }

  private static @Nullable String fault(String url, HealthCheck way) {
    return fault(url, way, (host, port) -> InetAddress.getByName(host));
  }

  @ParameterizedTest
  @CsvSource({"200,", "400,", "401,", "404,", "499,", "500,answered 500", "503,answered 503"})
  void pingWhenAnsweredThenOnlyTheServersOwnErrorsCount(int status, String fault) {
    String answer = "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n";
    try (ScriptedUpstream upstream = ScriptedUpstream.start(head -> answer)) {
      assertThat(fault(upstream.url() + "/mcp", HealthCheck.MCP)).isEqualTo(fault);
      assertThat(upstream.requests().getFirst())
          .contains("POST /mcp HTTP/1.1", "Content-Type: application/json")
          .noneMatch(line -> line.startsWith("Authorization") || line.startsWith("Sallyport"));
    }
  }

  @ParameterizedTest
  @CsvSource({"SSH-2.0-x", "HTTP/1.1", "HTTP/1.1 abc", "HTTP/2.0 200 OK"})
  void pingWhenAnswerIsNoHttpThenSaid(String line) {
    try (ScriptedUpstream upstream = ScriptedUpstream.start(head -> line + "\r\n")) {
      assertThat(fault(upstream.url(), HealthCheck.MCP)).isEqualTo("no HTTP answer");
    }
  }

  @Test
  void tcpWhenConnectedThenEnoughAndNothingIsSent() {
    try (ScriptedUpstream upstream = ScriptedUpstream.start(head -> "")) {
      assertThat(fault(upstream.url(), HealthCheck.TCP)).isNull();
      assertThat(upstream.requests()).isEmpty();
    }
  }

  @Test
  void checkWhenNobodyListensThenSaid() {
    try (DeadPort dead = DeadPort.open()) {
      assertThat(fault(dead.url(), HealthCheck.TCP)).isEqualTo("connect failed");
      assertThat(fault(dead.url(), HealthCheck.MCP)).isEqualTo("connect failed");
    }
  }

  @Test
  void checkWhenTlsIsSpokenToPlainServerThenSaid() {
    try (ScriptedUpstream upstream = ScriptedUpstream.start(head -> "HTTP/1.1 400 No\r\n\r\n")) {
      String url = upstream.url().replace("http://", "https://");
      assertThat(fault(url, HealthCheck.TCP)).isIn("tls failed", "timeout");
    }
  }

  @Test
  void checkWhenNameIsUnknownOrAddressRefusedThenSaid() {
    AddressResolver unknown =
        (host, port) -> {
          throw new UnknownHostException(host);
        };
    AddressResolver refusing =
        (host, port) -> {
          throw new AddressRefusedException("no");
        };

    assertThat(fault("http://gone.example/", HealthCheck.TCP, unknown))
        .isEqualTo("name not resolved");
    assertThat(fault("http://own.example/", HealthCheck.TCP, refusing))
        .isEqualTo("address refused");
  }

  @Test
  void checkWhenTheLookUpHangsThenSaidInTimeAndNotLookedUpTwice() {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger lookUps = new AtomicInteger();
    AddressResolver hanging =
        (host, port) -> {
          lookUps.incrementAndGet();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return InetAddress.getLoopbackAddress();
        };
    UpstreamPool upstream = upstream("http://slow.example/", hanging, Thread::startVirtualThread);
    Probe probe = new Probe(Duration.ofMillis(100));

    assertThat(probe.fault(upstream, HealthCheck.TCP)).isEqualTo("name not resolved");
    assertThat(probe.fault(upstream, HealthCheck.TCP)).isEqualTo("name not resolved");
    assertThat(lookUps).hasValue(1);
    end.countDown();
  }
}
