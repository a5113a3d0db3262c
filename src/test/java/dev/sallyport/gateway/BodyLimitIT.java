package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.ScriptedUpstream;
import dev.sallyport.testing.demo.DumperApp;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Bodies on their way: whole, too large, and to upstreams that stop listening.
@ExtendWith(RunningServer.Extension.class)
class BodyLimitIT {
  private static final int LIMIT = 16 * 1024 * 1024;

  private final GatewayClient client = new GatewayClient();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void callWhenBodyIsAsLargeAsAllowedThenPassed(RunningServer server) {
    try (DumperApp upstream = DumperApp.start(0)) {
      Entrance app = Entrance.to(server, upstream.url() + "/");
      String body = "x".repeat(200_000);

      assertThat(client.post(app.url() + "/status/204", app.token().signed(), body).statusCode())
          .isEqualTo(204);
      assertThat(upstream.received().getFirst().body()).isEqualTo(body);
    }
  }

  @Test
  void callWhenContentLengthIsTooLargeThenRefusedBeforeTheBody(RunningServer server)
      throws IOException {
    try (DumperApp upstream = DumperApp.start(0);
        RawCall call = RawCall.to(server)) {
      Entrance app = Entrance.to(server, upstream.url() + "/");

      call.send(head(server, app, "Content-Length: " + (LIMIT + 1)));

      assertThat(call.readUntil("body-too-large")).startsWith("HTTP/1.1 413 ");
      assertThat(upstream.received()).isEmpty();
    }
  }

  @Test
  void callWhenChunkedBodyIsTooLargeThenRefused(RunningServer server) throws IOException {
    try (ServerSocket upstream = readingOnly();
        RawCall call = RawCall.to(server)) {
      Entrance app = Entrance.to(server, "http://127.0.0.1:" + upstream.getLocalPort() + "/");
      call.send(head(server, app, "Transfer-Encoding: chunked"));

      sendChunks(call, LIMIT + 1024 * 1024);

      assertThat(call.readUntil("body-too-large")).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void callWhenUpstreamClosesInTheMiddleOfTheBodyThenBroken(RunningServer server)
      throws IOException {
    try (ScriptedUpstream upstream = ScriptedUpstream.start(head -> "");
        RawCall call = RawCall.to(server)) {
      Entrance app = Entrance.to(server, upstream.url() + "/");
      call.send(head(server, app, "Transfer-Encoding: chunked"));

      sendChunks(call, 4 * 1024 * 1024);

      assertThat(call.readUntil("upstream-broken")).startsWith("HTTP/1.1 502 ");
    }
  }

  /// Takes everything and never answers.
  private static ServerSocket readingOnly() throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket socket = server.accept()) {
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // The test is over.
              }
            });
    return server;
  }

  private static String head(RunningServer server, Entrance app, String framing) {
    return String.join(
        "\r\n",
        "POST /apps/" + app.name() + "/x HTTP/1.1",
        "Host: " + RawCall.host(server),
        "Authorization: Bearer " + app.token().signed(),
        framing,
        "\r\n");
  }

  private static void sendChunks(RawCall call, int bytes) {
    byte[] chunk = new byte[64 * 1024];
    Arrays.fill(chunk, (byte) 'x');
    try {
      for (int sent = 0; sent < bytes; sent += chunk.length) {
        call.send(Integer.toHexString(chunk.length) + "\r\n").send(chunk).send("\r\n");
      }
    } catch (IOException e) {
      // The server may answer and close before everything is sent; the answer is what counts.
    }
  }
}
