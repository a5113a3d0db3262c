package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class RelayCutTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: door\r\n\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 2\r\n\r\n{}";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void cutWhenStreamRunsThenBothConnectionsEndAndThePoolIsClean() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RelayCutTest::streamOrAnswer);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port());
        RawConnection other = RawConnection.client(door.port())) {
      client.send(GET);
      client.readUntil("data: 1");
      door.awaitHandle().cut();

      upstream.awaitConnection().awaitEnd();
      assertThat(client.isEndedByPeer()).isTrue();
      for (int i = 0; i < 20; i++) {
        other.send(POST);
        assertThat(other.awaitAnswer().body()).isEqualTo("ok");
      }
      door.awaitCompleted(21);
      assertThat(door.failures).isEmpty();
    }
  }

  @Test
  void cutWhenNothingIsAnsweredYetThenDoorAnswersAndUpstreamIsKilled() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RelayCutTest::silence);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);
      RawConnection behind = upstream.awaitConnection();
      behind.awaitRequest();
      door.awaitHandle().cut();

      RawConnection.Message answer = client.awaitAnswer();
      assertThat(answer.startLine()).isEqualTo("HTTP/1.1 401 Unauthorized");
      assertThat(answer.body()).isEqualTo("CUT");
      behind.awaitEnd();
      door.awaitIdle();
    }
  }

  @Test
  void cutWhenStillConnectingThenDoorAnswers() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AddressResolver slow =
        (host, port) -> {
          try {
            never.await();
            return InetAddress.getLoopbackAddress();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        };
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = new Door(Door.SETTINGS, slow, SSLContext.getDefault(), upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);
      door.awaitHandle().cut();

      assertThat(client.awaitAnswer().body()).isEqualTo("CUT");
      door.awaitIdle();
      never.countDown();
      client.send(POST);
      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
    }
  }

  @Test
  void cutWhenCallIsOverThenNothingHappens() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);
      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      door.awaitCompleted(1);
      door.awaitHandle().cut();
      client.send(POST);

      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      assertThat(door.failures).isEmpty();
    }
  }

  @Test
  void cutWhenUploadRunsThenDoorAnswers() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RawConnection::readToEnd);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send("POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 10\r\n\r\nhalf");
      RawConnection behind = upstream.awaitConnection();
      door.awaitHandle().cut();

      assertThat(client.awaitAnswer().body()).isEqualTo("CUT");
      behind.awaitEnd();
    }
  }

  private static void streamOrAnswer(RawConnection connection) throws IOException {
    while (connection.nextRequest()) {
      if (connection.lastRequest().startLine().startsWith("GET")) {
        connection.send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
      } else {
        connection.send(OK);
      }
    }
  }

  private static void silence(RawConnection connection) throws IOException {
    connection.nextRequest();
    connection.readToEnd();
  }
}
