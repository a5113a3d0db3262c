package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RelayBodyTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final RelaySettings SMALL = small(Door.SETTINGS.bodyTimeout());

  private static RelaySettings small(Duration bodyTimeout) {
    return new RelaySettings(
        1_000,
        10,
        Door.SETTINGS.connectTimeout(),
        Door.SETTINGS.idleTtl(),
        Door.SETTINGS.addressTtl(),
        bodyTimeout,
        Door.SETTINGS.watchAfter(),
        Door.SETTINGS.patience());
  }

  @Test
  void bodyWhenLengthIsOverTheCapThenUpstreamIsNotTouched() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = Door.with(SMALL, upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send("POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 1001\r\n\r\nstart");

      RawConnection.Message answer = client.awaitAnswer();
      assertThat(answer.startLine()).contains("413");
      assertThat(answer.body()).isEqualTo("BODY_TOO_LARGE");
      assertThat(answer.head()).containsIgnoringCase("\r\nConnection: close\r\n");
      assertThat(upstream.connections()).isZero();
      door.awaitCompleted(1);
    }
  }

  @Test
  void bodyWhenChunksExceedTheCapThenClientIsToldAndUpstreamKilled() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RawConnection::readToEnd);
        Door door = Door.with(SMALL, upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send("POST / HTTP/1.1\r\nHost: door\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("258\r\n" + "x".repeat(600) + "\r\n");
      RawConnection behind = upstream.awaitConnection();
      client.send("258\r\n" + "x".repeat(600) + "\r\n");

      RawConnection.Message answer = client.awaitAnswer();
      assertThat(answer.startLine()).contains("413");
      assertThat(answer.head()).containsIgnoringCase("\r\nConnection: close\r\n");
      assertThat(client.isEndedByPeer()).isTrue();
      behind.awaitEnd();
      door.awaitCompleted(1);
    }
  }

  @Test
  void bodyWhenClientGoesOnSendingThenItStillSeesTheAnswer() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RawConnection::readToEnd);
        Door door = Door.with(SMALL, upstream.url("/"))) {
      for (int i = 0; i < 20; i++) {
        try (RawConnection client = RawConnection.client(door.port())) {
          client.send("POST / HTTP/1.1\r\nHost: door\r\nTransfer-Encoding: chunked\r\n\r\n");
          Thread sender = Thread.ofVirtual().start(() -> sendUntilRefused(client));

          assertThat(client.awaitAnswer().startLine()).contains("413");
          sender.join();
        }
      }
    }
  }

  private static void sendUntilRefused(RawConnection client) {
    try {
      for (int i = 0; i < 10_000; i++) {
        client.send("258\r\n" + "x".repeat(600) + "\r\n");
      }
    } catch (IOException refused) {
      return; // the server closed, as it should at some time
    }
  }

  @Test
  void bodyWhenItIsExactlyTheCapThenItPasses() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = Door.with(SMALL, upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send("POST / HTTP/1.1\r\nHost: door\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("3e8\r\n" + "x".repeat(1000) + "\r\n0\r\n\r\n");

      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
    }
  }

  @Test
  void bodyWhenClientPausesTooLongThenItIsTold() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RawConnection::readToEnd);
        Door door = Door.with(small(Duration.ofSeconds(1)), upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send("POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 10\r\n\r\nhalf");

      RawConnection.Message answer = client.awaitAnswer();
      assertThat(answer.startLine()).contains("408");
      upstream.awaitConnection().awaitEnd();
      assertThat(client.isEndedByPeer()).isTrue();
    }
  }

  @Test
  void bodyWhenClientDribblesThenItIsTold() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RawConnection::readToEnd);
        Door door = Door.with(small(Duration.ofSeconds(1)), upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send("POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 1000\r\n\r\n");
      Thread sender = Thread.ofVirtual().start(() -> dribble(client));

      assertThat(client.awaitAnswer().startLine()).contains("408");
      upstream.awaitConnection().awaitEnd();
      sender.join();
    }
  }

  private static void dribble(RawConnection client) {
    try {
      for (int i = 0; i < 900; i++) {
        client.send("x");
        LockSupport.parkNanos(50_000_000);
      }
    } catch (IOException refused) {
      return; // the server closed, as it should at some time
    }
  }

  @Test
  void bodyWhenClientExpectsContinueThenItGetsItAndUpstreamDoesNotSeeIt() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(
          "POST / HTTP/1.1\r\nHost: door\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 100 ");
      client.send("hello");

      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      RawConnection.Message request = upstream.awaitConnection().awaitRequest();
      assertThat(request.body()).isEqualTo("hello");
      assertThat(request.hasHeader("Expect")).isFalse();
    }
  }

  @Test
  void bodyWhenUpstreamAnswersEarlyThenClientGetsTheAnswer() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RelayBodyTest::answerToTheHead);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send("POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 1000\r\n\r\nhalf");

      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      upstream.awaitConnection().awaitEnd();
      assertThat(client.isEndedByPeer()).isTrue();
      door.awaitCompleted(1);
    }
  }

  @Test
  void bodyWhenItIsLargerThanAnyBufferThenBothSidesGetAllOfIt() throws Exception {
    String large = "0123456789abcdef".repeat(500_000);
    try (RawUpstream upstream = RawUpstream.start(RelayBodyTest::echo);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      for (int i = 0; i < 2; i++) {
        client.send("POST / HTTP/1.1\r\nHost: door\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.send(Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n");

        assertThat(client.awaitAnswer().body().equals(large)).isTrue();
      }
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  private static void answerToTheHead(RawConnection connection) throws IOException {
    connection.readHead();
    connection.send(OK);
    connection.readToEnd();
  }

  private static void echo(RawConnection connection) throws IOException {
    while (connection.nextRequest()) {
      String body = connection.lastRequest().body();
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }
  }
}
