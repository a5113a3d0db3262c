package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayTlsTest {
  private static final String POST = "POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 2\r\n\r\n{}";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @TempDir static Path directory;
  private static SSLContext tls;

  @BeforeAll
  static void makeCertificate() throws Exception {
    tls = Certificates.forName("upstream.test", directory);
  }

  @Test
  void connectWhenAddressIsPinnedThenNameIsStillAskedForAndChecked() throws Exception {
    CompletableFuture<List<SNIServerName>> names = new CompletableFuture<>();
    RawUpstream.Script serve =
        connection -> {
          SSLSocket socket = (SSLSocket) connection.socket();
          socket.startHandshake();
          names.complete(((ExtendedSSLSession) socket.getSession()).getRequestedServerNames());
          while (connection.nextRequest()) {
            connection.send(OK);
          }
        };
    try (RawUpstream upstream = RawUpstream.start(tlsServer(), serve);
        Door door = door("upstream.test", upstream.port());
        RawConnection client = RawConnection.client(door.port())) {
      for (int i = 0; i < 10; i++) {
        client.send(POST);
        assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      }
      assertThat(names.get(Door.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .containsExactly(new SNIHostName("upstream.test"));
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void connectWhenCertificateIsForAnotherNameThenNothingIsSent() throws Exception {
    RawUpstream.Script serve =
        connection -> {
          while (connection.nextRequest()) {
            connection.send(OK);
          }
        };
    try (RawUpstream upstream = RawUpstream.start(tlsServer(), serve);
        Door door = door("other.test", upstream.port());
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);

      assertThat(client.awaitAnswer().body()).isEqualTo("TLS_FAILED");
      assertThat(upstream.awaitConnection().pendingRequests()).isZero();
    }
  }

  @Test
  void streamWhenUpstreamIsTlsThenEventsArriveAndCutEndsIt() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(tlsServer(), RelayTlsTest::oneEvent);
        Door door = door("upstream.test", upstream.port());
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);
      assertThat(client.readUntil("data: 1")).contains("data: 1");
      door.awaitHandle().cut();

      upstream.awaitConnection().awaitEnd();
      assertThat(client.isEndedByPeer()).isTrue();
    }
  }

  @Test
  void streamWhenTlsClientLeavesThenUpstreamIsKilled() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RelayTlsTest::oneEvent);
        Door door = Door.over(tls, upstream.url("/"));
        RawConnection client = tlsClient(door)) {
      client.send(POST);
      assertThat(client.readUntil("data: 1")).contains("data: 1");
      client.leave();

      upstream.awaitConnection().awaitEnd();
      door.awaitCompleted(1);
    }
  }

  @Test
  void callsWhenClientIsTlsThenAllAreAnswered() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = Door.over(tls, upstream.url("/"));
        RawConnection client = tlsClient(door)) {
      for (int i = 0; i < 10; i++) {
        client.send(POST);
        assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      }
    }
  }

  private static RawConnection tlsClient(Door door) throws IOException {
    return RawConnection.client(
        tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), door.tlsPort()));
  }

  private static ServerSocket tlsServer() throws IOException {
    return tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static Door door(String name, int port) {
    return new Door(
        Door.SETTINGS,
        (host, unused) -> InetAddress.getLoopbackAddress(),
        tls,
        URI.create("https://" + name + ":" + port + "/"));
  }

  private static void oneEvent(RawConnection connection) throws IOException {
    connection.nextRequest();
    connection.send(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
    connection.readToEnd();
  }
}
