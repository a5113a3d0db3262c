package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.DeadPort;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RelayUpstreamTest {
  private static final String POST = "POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 2\r\n\r\n{}";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void forwardWhenFirstUpstreamIsDownThenTheNextServes() throws Exception {
    try (DeadPort dead = DeadPort.open();
        RawUpstream upstream = RawUpstream.answering(OK);
        Door door = Door.to(URI.create(dead.url()), upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);

      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      door.awaitIdle();
    }
  }

  @Test
  void forwardWhenAllUpstreamsAreDownThenItSaysSo() throws Exception {
    try (DeadPort dead = DeadPort.open()) {
      URI down = URI.create(dead.url());
      assertThat(Door.to(down, down).failure()).isEqualTo("CONNECT_FAILED");
    }
  }

  @Test
  void forwardWhenThereIsNoUpstreamThenItSaysSo() throws Exception {
    assertThat(Door.to().failure()).isEqualTo("NO_UPSTREAM");
  }

  @Test
  void forwardWhenUpstreamBreaksBeforeAnsweringThenNothingIsSentTwice() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    RawUpstream.Script breakOff =
        connection -> {
          connection.nextRequest();
          requests.incrementAndGet();
          connection.close();
        };
    try (RawUpstream first = RawUpstream.start(breakOff);
        RawUpstream second = RawUpstream.start(breakOff)) {
      assertThat(Door.to(first.url("/"), second.url("/")).failure())
          .isEqualTo("BROKEN_BEFORE_ANSWER");
      assertThat(requests).hasValue(1);
    }
  }

  @Test
  void forwardWhenUpstreamTalksNonsenseThenUnreadable() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering("nonsense\r\n\r\n")) {
      assertThat(Door.to(upstream.url("/")).failure()).isEqualTo("UNREADABLE_ANSWER");
    }
  }

  @Test
  void forwardWhenUpstreamClosesWithinItsHeadThenBroken() throws Exception {
    RawUpstream.Script half =
        connection -> {
          connection.nextRequest();
          connection.send("HTTP/1.1 200 OK\r\nContent-Le");
          connection.close();
        };
    try (RawUpstream upstream = RawUpstream.start(half)) {
      assertThat(Door.to(upstream.url("/")).failure()).isEqualTo("BROKEN_BEFORE_ANSWER");
    }
  }

  @Test
  void forwardWhenUpstreamsStatusIsNoneThenUnusable() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering("HTTP/1.1 099 Nonsense\r\n\r\n")) {
      assertThat(Door.to(upstream.url("/")).failure()).isEqualTo("UNUSABLE_STATUS");
    }
  }

  @Test
  void forwardWhenUpstreamBreaksInTheBodyThenClientSeesABrokenAnswer() throws Exception {
    RawUpstream.Script half =
        connection -> {
          connection.nextRequest();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
          connection.close();
        };
    try (RawUpstream upstream = RawUpstream.start(half);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);

      assertThat(client.readHead()).contains("Content-Length: 10");
      assertThat(client.readUntil("never")).isIn("", "half");
      assertThat(door.failures).isEmpty();
      door.awaitCompleted(1);
    }
  }

  @Test
  void forwardWhenAnswerEndsWithTheConnectionThenClientGetsAllOfIt() throws Exception {
    RawUpstream.Script untilClose =
        connection -> {
          connection.nextRequest();
          connection.send("HTTP/1.0 200 OK\r\n\r\nall");
          connection.close();
        };
    try (RawUpstream upstream = RawUpstream.start(untilClose);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      for (int i = 0; i < 3; i++) {
        client.send(POST);
        assertThat(client.awaitAnswer().body()).isEqualTo("all");
      }
    }
  }

  @Test
  void forwardWhenUpstreamClosedTheIdleConnectionThenNextPostWorks() throws Exception {
    RawUpstream.Script once =
        connection -> {
          connection.nextRequest();
          connection.send(OK);
          connection.socket().shutdownOutput();
          connection.readToEnd();
        };
    try (RawUpstream upstream = RawUpstream.start(once);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      for (int i = 0; i < 5; i++) {
        client.send(POST);
        assertThat(client.awaitAnswer().body()).isEqualTo("ok");
        upstream.awaitConnection().awaitEnd();
      }
      assertThat(door.failures).isEmpty();
    }
  }

  @Test
  void forwardWhenConnectionIsIdleTooLongThenItIsClosed() throws Exception {
    RelaySettings brief = Door.idleFor(Duration.ofMillis(100));
    RawUpstream.Script serve =
        connection -> {
          connection.nextRequest();
          connection.send(OK);
          connection.readToEnd();
        };
    try (RawUpstream upstream = RawUpstream.start(serve);
        Door door = Door.with(brief, upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);
      client.awaitAnswer();

      upstream.awaitConnection().awaitEnd();
    }
  }

  @Test
  void forwardWhenUpstreamServesItsLimitThenItIsBusy() throws Exception {
    RelaySettings one = Door.inFlight(1);
    try (RawUpstream upstream = RawUpstream.start(RawConnection::readToEnd);
        Door door = Door.with(one, upstream.url("/"));
        RawConnection first = RawConnection.client(door.port());
        RawConnection second = RawConnection.client(door.port())) {
      first.send(POST);
      upstream.awaitConnection();
      second.send(POST);

      assertThat(second.awaitAnswer().startLine()).contains("503");
      assertThat(door.failures).containsExactly(RelayFailure.BUSY);
      assertThat(door.pools.getFirst().inFlight()).isEqualTo(1);
    }
  }
}
