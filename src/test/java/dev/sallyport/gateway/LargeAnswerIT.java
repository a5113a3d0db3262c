package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.FloodUpstream;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Measured;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.ScriptedUpstream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Answers without a limit: the gateway holds a few KiB of each, however large it is and however
/// slowly it is read. What is on its way beyond that lies in the buffers of the sockets.
@ExtendWith(RunningServer.Extension.class)
class LargeAnswerIT {
  private static final long MIB = 1 << 20;
  // Linux lets each of the four buffers on the way grow to six MiB at most.
  private static final long IN_SOCKETS = 24 * MIB;
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static RawCall call(RunningServer server, Entrance app) throws IOException {
    return RawCall.slowTo(server)
        .send(
            String.join(
                "\r\n",
                "GET /apps/" + app.name() + "/x HTTP/1.1",
                "Host: " + RawCall.host(server),
                "Authorization: Bearer " + app.token().signed(),
                "\r\n"));
  }

  @Test
  void downloadWhenLargeThenNeverMoreThanTheSocketsHoldIsOnItsWay(RunningServer server)
      throws IOException {
    long size = 100 * MIB;
    try (FloodUpstream upstream = FloodUpstream.of(size)) {
      Entrance app = Entrance.to(server, upstream.url() + "/");
      try (RawCall call = call(server, app)) {
        assertThat(call.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");

        long most = 0;
        for (long read = 0; read < size; read += MIB) {
          most = Math.max(most, upstream.sent() - read);
          call.skip(MIB);
        }

        System.out.printf("measured: at most %d KiB of 100 MiB on their way%n", most / 1024);
        assertThat(most).isLessThan(IN_SOCKETS);
        assertThat(upstream.sent()).isEqualTo(size);
      }
    }
  }

  @Test
  void downloadWhenClientReadsNothingThenUpstreamWaitsAndOthersDoNot(RunningServer server)
      throws IOException {
    try (FloodUpstream upstream = FloodUpstream.of(FloodUpstream.ENDLESS);
        ScriptedUpstream good = ScriptedUpstream.start(head -> OK);
        GatewayClient client = new GatewayClient()) {
      Entrance slow = Entrance.to(server, upstream.url() + "/");
      Entrance other = Entrance.to(server, good.url() + "/");
      String token = other.token().signed();
      client.get(other.url() + "/x", token);
      try (RawCall call = call(server, slow)) {
        call.readUntil("\r\n\r\n");
        long held = awaitStandstill(upstream);

        assertThat(held).isLessThan(IN_SOCKETS);
        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
          assertThat(client.get(other.url() + "/x", token).statusCode()).isEqualTo(200);
        }
        Measured.promised("50 calls beside a slow reader", Duration.ofSeconds(1), start);
        assertThat(upstream.running()).isEqualTo(1);
      }
      Await.until("the upstream to hear that the client went", () -> upstream.running() == 0);
    }
  }

  private static long awaitStandstill(FloodUpstream upstream) {
    long[] seen = {-1, 0};
    Await.until(
        "the upstream to wait",
        () -> {
          seen[1] = upstream.sent() == seen[0] ? seen[1] + 1 : 0;
          seen[0] = upstream.sent();
          return seen[0] > 0 && seen[1] >= 3;
        });
    return seen[0];
  }

  @Test
  void downloadWhenItNeverEndsThenItEndsWithItsSession(RunningServer server) throws IOException {
    try (FloodUpstream upstream = FloodUpstream.of(FloodUpstream.ENDLESS)) {
      Entrance app = Entrance.to(server, upstream.url() + "/");
      try (RawCall call = call(server, app)) {
        call.readUntil("\r\n\r\n");
        call.skip(MIB);

        app.end(app.session());

        Await.until("the upstream to be cut off", () -> upstream.running() == 0);
        // Within the socket's patience.
        call.readToAnyEnd();
      }
    }
  }
}
