package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.apps.UpstreamHealth.State;
import dev.sallyport.testing.DeadPort;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How long the relay waits for an upstream, and who waits for whom.
class RelayPatienceTest {
  private static final String POST = "POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 2\r\n\r\n{}";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Duration BRIEF = Duration.ofMillis(200);

  private static RelaySettings patience(Duration response, Duration idle, Duration place) {
    return Door.waiting(1, new RelaySettings.Patience(response, idle, place));
  }

  @Test
  void forwardWhenUpstreamNeverAnswersThenItEnds() throws Exception {
    RelaySettings brief = patience(BRIEF, Door.NEVER, Door.NEVER);
    try (RawUpstream upstream = RawUpstream.start(RawConnection::readToEnd)) {
      Door door = Door.with(brief, upstream.url("/"));

      assertThat(door.failure()).isEqualTo("RESPONSE_TIMEOUT");
      upstream.awaitConnection().awaitEnd();
      assertThat(door.pools.getFirst().circuit().get().lastError().detail())
          .isEqualTo("response timeout");
    }
  }

  @Test
  void forwardWhenUpstreamTakesNoBodyThenItEnds() throws Exception {
    RelaySettings brief = patience(BRIEF, Door.NEVER, Door.NEVER);
    CountDownLatch end = new CountDownLatch(1);
    try (RawUpstream upstream = RawUpstream.start(connection -> awaitQuietly(end));
        Door door = Door.with(brief, upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      int length = 900_000;
      client.send("POST / HTTP/1.1\r\nHost: door\r\nContent-Length: " + length + "\r\n\r\n");
      // More than both sides' buffers hold: the rest is never asked for.
      Thread writer = Thread.ofVirtual().start(() -> sendQuietly(client, "x".repeat(length)));

      assertThat(door.failures.poll(30, java.util.concurrent.TimeUnit.SECONDS))
          .isEqualTo(RelayFailure.RESPONSE_TIMEOUT);
      end.countDown();
      client.close();
      writer.join();
    }
  }

  @Test
  void forwardWhenStreamIsQuietTooLongThenItIsCut() throws Exception {
    RelaySettings brief = patience(Door.NEVER, BRIEF, Door.NEVER);
    RawUpstream.Script quiet =
        connection -> {
          connection.nextRequest();
          connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: hello\n\n");
          connection.readToEnd();
        };
    try (RawUpstream upstream = RawUpstream.start(quiet);
        Door door = Door.with(brief, upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);
      assertThat(client.readHead()).contains("200");

      assertThat(client.isEndedByPeer()).isTrue();
      upstream.awaitConnection().awaitEnd();
      // What ended in the middle says nothing about the upstream's answers.
      assertThat(door.pools.getFirst().circuit().get().lastError()).isNull();
    }
  }

  @Test
  void forwardWhenClientReadsNothingThenItIsCut() throws Exception {
    RelaySettings brief = patience(Door.NEVER, BRIEF, Door.NEVER);
    RawUpstream.Script endless =
        connection -> {
          connection.nextRequest();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n");
          while (true) {
            connection.send("x".repeat(100_000));
          }
        };
    try (RawUpstream upstream = RawUpstream.start(endless);
        Door door = Door.with(brief, upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);

      upstream.awaitConnection().awaitEnd();
      door.awaitCompleted(1);
    }
  }

  @Test
  void forwardWhenUpstreamIsBusyThenWaitsForAPlace() throws Exception {
    RelaySettings one = patience(Door.NEVER, Door.NEVER, Door.NEVER);
    CountDownLatch answer = new CountDownLatch(1);
    try (RawUpstream upstream = RawUpstream.start(after(answer));
        Door door = Door.with(one, upstream.url("/"));
        RawConnection first = RawConnection.client(door.port());
        RawConnection second = RawConnection.client(door.port())) {
      door.room.resize(1);
      first.send(POST);
      upstream.awaitConnection();
      second.send(POST);
      door.awaitHandle();
      door.awaitHandle();
      assertThat(door.failures).isEmpty();

      answer.countDown();

      assertThat(first.awaitAnswer().body()).isEqualTo("ok");
      assertThat(second.awaitAnswer().body()).isEqualTo("ok");
      door.awaitIdle();
      assertThat(door.failures).isEmpty();
    }
  }

  @Test
  void forwardWhenNoPlaceComesThenBusy() throws Exception {
    RelaySettings one = patience(Door.NEVER, Door.NEVER, BRIEF);
    try (RawUpstream upstream = RawUpstream.start(RawConnection::readToEnd);
        Door door = Door.with(one, upstream.url("/"));
        RawConnection first = RawConnection.client(door.port());
        RawConnection second = RawConnection.client(door.port())) {
      door.room.resize(1);
      first.send(POST);
      upstream.awaitConnection();
      second.send(POST);

      assertThat(second.awaitAnswer().startLine()).contains("503");
      assertThat(door.failures).containsExactly(RelayFailure.BUSY);
    }
  }

  @Test
  void forwardWhenTheRoomIsFullThenBusyAtOnceAndWhoWaitsGoesOn() throws Exception {
    RelaySettings one = patience(Door.NEVER, Door.NEVER, Door.NEVER);
    CountDownLatch answer = new CountDownLatch(1);
    try (RawUpstream upstream = RawUpstream.start(after(answer));
        Door door = Door.with(one, upstream.url("/"));
        RawConnection first = RawConnection.client(door.port());
        RawConnection second = RawConnection.client(door.port());
        RawConnection third = RawConnection.client(door.port())) {
      door.room.resize(1);
      first.send(POST);
      upstream.awaitConnection();
      second.send(POST);
      door.awaitHandle();
      door.awaitHandle();
      third.send(POST);
      assertThat(third.awaitAnswer().body()).isEqualTo("BUSY");

      answer.countDown();

      assertThat(second.awaitAnswer().body()).isEqualTo("ok");
    }
  }

  @Test
  void forwardWhenWhoWaitsIsCutThenTheNextGetsThePlace() throws Exception {
    RelaySettings one = patience(Door.NEVER, Door.NEVER, Door.NEVER);
    CountDownLatch answer = new CountDownLatch(1);
    try (RawUpstream upstream = RawUpstream.start(after(answer));
        Door door = Door.with(one, upstream.url("/"));
        RawConnection first = RawConnection.client(door.port());
        RawConnection second = RawConnection.client(door.port());
        RawConnection third = RawConnection.client(door.port())) {
      door.room.resize(2);
      first.send(POST);
      upstream.awaitConnection();
      door.awaitHandle();
      second.send(POST);
      Relay.Handle waiting = door.awaitHandle();
      third.send(POST);
      door.awaitHandle();
      waiting.cut();
      assertThat(second.awaitAnswer().body()).isEqualTo("CUT");

      answer.countDown();

      assertThat(third.awaitAnswer().body()).isEqualTo("ok");
      door.awaitIdle();
    }
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: door\r\n\r\n";
  }

  private static RawUpstream.Script after(CountDownLatch answer) {
    return connection -> {
      while (connection.nextRequest()) {
        awaitQuietly(answer);
        connection.send(OK);
      }
    };
  }

  /// A client whose call is at the door.
  private static RawConnection calling(Door door, String path) throws Exception {
    RawConnection client = RawConnection.client(door.port());
    client.send(get(path));
    door.awaitHandle();
    return client;
  }

  @Test
  void forwardWhenAPlaceComesFreeThenItGoesToWhoCanUseIt() throws Exception {
    RelaySettings one = patience(Door.NEVER, Door.NEVER, Door.NEVER);
    CountDownLatch hung = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    try (RawUpstream a = RawUpstream.start(after(hung));
        RawUpstream b = RawUpstream.start(after(answer));
        Door door = Door.with(one, a.url("/"), b.url("/"))) {
      door.room.resize(2);
      try (RawConnection atA = calling(door, "/only/0");
          RawConnection atB = calling(door, "/only/1");
          RawConnection forA = calling(door, "/only/0");
          RawConnection forB = calling(door, "/only/1")) {
        answer.countDown();

        assertThat(atB.awaitAnswer().body()).isEqualTo("ok");
        assertThat(forB.awaitAnswer().body()).isEqualTo("ok");
        hung.countDown();
        assertThat(atA.awaitAnswer().body()).isEqualTo("ok");
        assertThat(forA.awaitAnswer().body()).isEqualTo("ok");
        door.awaitIdle();
        assertThat(door.failures).isEmpty();
      }
    }
  }

  @Test
  void forwardWhenOneIsBusyAndTheOtherUnreachableThenWaitsForTheBusyOne() throws Exception {
    RelaySettings one = patience(Door.NEVER, Door.NEVER, Door.NEVER);
    CountDownLatch answer = new CountDownLatch(1);
    try (RawUpstream busy = RawUpstream.start(after(answer));
        DeadPort dead = DeadPort.open();
        Door door = Door.with(one, busy.url("/"), URI.create(dead.url()))) {
      door.room.resize(1);
      try (RawConnection first = calling(door, "/only/0");
          RawConnection second = calling(door, "/")) {
        Door.await("the other was tried", () -> lastError(door, 1) != null);
        answer.countDown();

        assertThat(first.awaitAnswer().body()).isEqualTo("ok");
        assertThat(second.awaitAnswer().body()).isEqualTo("ok");
        door.awaitIdle();
        assertThat(door.failures).isEmpty();
      }
    }
  }

  private static @Nullable Object lastError(Door door, int upstream) {
    return door.pools.get(upstream).circuit().get().lastError();
  }

  @Test
  void forwardWhenTheLimitIsRaisedThenWhoWaitsGoes() throws Exception {
    RelaySettings one = patience(Door.NEVER, Door.NEVER, Door.NEVER);
    try (RawUpstream upstream = RawUpstream.start(RawConnection::readToEnd);
        Door door = Door.with(one, upstream.url("/"))) {
      door.room.resize(1);
      try (RawConnection _ = calling(door, "/");
          RawConnection _ = calling(door, "/")) {
        upstream.awaitConnection();

        door.pools.getFirst().limit(2);

        upstream.awaitConnection();
        assertThat(door.pools.getFirst().inFlight()).isEqualTo(2);
      }
    }
  }

  @Test
  void forwardWhenWhoWaitsLeavesThenNothingIsSentForIt() throws Exception {
    RelaySettings one = patience(Door.NEVER, Door.NEVER, Door.NEVER);
    CountDownLatch answer = new CountDownLatch(1);
    try (RawUpstream upstream = RawUpstream.start(after(answer));
        Door door = Door.with(one, upstream.url("/"))) {
      door.room.resize(1);
      try (RawConnection first = calling(door, "/")) {
        calling(door, "/left").close();
        door.awaitCompleted(1);
        answer.countDown();

        assertThat(first.awaitAnswer().body()).isEqualTo("ok");
        door.awaitIdle();
        assertThat(door.failures).isEmpty();
      }
    }
  }

  @Test
  void forwardWhenUpstreamAnswersErrorsThenItsCircuitKnows() throws Exception {
    String error = "HTTP/1.1 503 Busy\r\nContent-Length: 2\r\n\r\nno";
    try (RawUpstream upstream = RawUpstream.answering(error);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      for (int i = 0; i < 10; i++) {
        client.send(POST);
        assertThat(client.awaitAnswer().body()).isEqualTo("no");
      }

      assertThat(door.pools.getFirst().circuit().state()).isEqualTo(State.FAILING);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sendQuietly(RawConnection client, String text) {
    try {
      client.send(text);
    } catch (java.io.IOException e) {
      // The door has had enough.
    }
  }
}
