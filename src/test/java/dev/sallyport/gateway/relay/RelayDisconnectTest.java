package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RelayDisconnectTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: door\r\n\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 2\r\n\r\n{}";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String STREAM =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  @Test
  void streamWhenClientClosesThenUpstreamIsKilled() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RelayDisconnectTest::quietStream);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(GET);
      client.readHead();
      client.leave();

      upstream.awaitConnection().awaitEnd();
      door.awaitCompleted(1);
      door.awaitIdle();
    }
  }

  @Test
  void streamWhenClientResetsThenUpstreamIsKilled() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RelayDisconnectTest::quietStream);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);
      client.readHead();
      client.reset();

      upstream.awaitConnection().awaitEnd();
      door.awaitCompleted(1);
    }
  }

  @Test
  void callWhenClientClosesBeforeTheAnswerThenUpstreamIsKilled() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RelayDisconnectTest::silence);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);
      RawConnection behind = upstream.awaitConnection();
      behind.awaitRequest();
      client.leave();

      behind.awaitEnd();
      door.awaitCompleted(1);
      assertThat(door.failures).isEmpty();
    }
  }

  @Test
  void uploadWhenClientClosesThenUpstreamIsKilled() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RawConnection::readToEnd);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send("POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 10\r\n\r\nhalf");
      RawConnection behind = upstream.awaitConnection();
      client.leave();

      behind.awaitEnd();
      door.awaitCompleted(1);
    }
  }

  @Test
  void callWhenWatchedThenNextCallOnTheConnectionWorks() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    try (RawUpstream upstream = RawUpstream.start(c -> answerAfter(c, slow));
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);
      awaitWatch();
      slow.countDown();

      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      client.send(POST);
      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void callWhenNextIsPipelinedWhileWatchedThenBothAreAnswered() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    try (RawUpstream upstream = RawUpstream.start(c -> answerAfter(c, slow));
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);
      awaitWatch();
      client.send(POST);
      awaitWatch();
      slow.countDown();

      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
    }
  }

  @Test
  void callsWhenPipelinedTogetherThenAllAreAnswered() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST + GET + POST);

      for (int i = 0; i < 3; i++) {
        assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      }
    }
  }

  /// Several times the age at which a call is watched; nothing shows it from outside.
  private static void awaitWatch() {
    long end = System.nanoTime() + 4 * Door.SETTINGS.watchAfter().toNanos();
    while (System.nanoTime() < end) {
      Thread.yield();
    }
  }

  private static void answerAfter(RawConnection connection, CountDownLatch latch)
      throws IOException {
    while (connection.nextRequest()) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      connection.send(OK);
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
}
