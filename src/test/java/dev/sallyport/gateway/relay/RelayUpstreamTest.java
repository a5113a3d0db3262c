package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.xnio.XnioIoThread;

class RelayUpstreamTest {
  private static final String POST = "POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 2\r\n\r\n{}";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void forwardWhenFirstUpstreamIsDownThenTheNextServes() throws Exception {
    URI down = URI.create("http://127.0.0.1:" + RawUpstream.unusedPort() + "/");
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = Door.to(down, upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);

      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      assertThat(door.pools.getFirst().inFlight()).isZero();
    }
  }

  @Test
  void forwardWhenAllUpstreamsAreDownThenItSaysSo() throws Exception {
    URI down = URI.create("http://127.0.0.1:" + RawUpstream.unusedPort() + "/");
    assertThat(failure(Door.to(down, down))).isEqualTo("CONNECT_FAILED");
  }

  @Test
  void forwardWhenThereIsNoUpstreamThenItSaysSo() throws Exception {
    assertThat(failure(Door.to())).isEqualTo("NO_UPSTREAM");
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
      assertThat(failure(Door.to(first.url("/"), second.url("/"))))
          .isEqualTo("BROKEN_BEFORE_ANSWER");
      assertThat(requests).hasValue(1);
    }
  }

  @Test
  void forwardWhenUpstreamTalksNonsenseThenItCountsAsBroken() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering("HTTP/1.1 103 Early Hints\r\n\r\n")) {
      assertThat(failure(Door.to(upstream.url("/")))).isEqualTo("BROKEN_BEFORE_ANSWER");
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
      Door.await("the end of the call", () -> door.completed.get() == 1);
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
          connection.close();
        };
    try (RawUpstream upstream = RawUpstream.start(once);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      for (int i = 0; i < 5; i++) {
        client.send(POST);
        assertThat(client.awaitAnswer().body()).isEqualTo("ok");
        upstream.awaitConnection();
        letTheCloseArrive();
      }
      assertThat(door.failures).isEmpty();
    }
  }

  @Test
  void forwardWhenConnectionIsIdleTooLongThenItIsClosed() throws Exception {
    RelaySettings brief = settings(10, Duration.ofSeconds(3), Duration.ofMillis(100));
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

      upstream.awaitConnection().awaitEnd(1_000);
    }
  }

  @Test
  void forwardWhenUpstreamServesItsLimitThenItIsBusy() throws Exception {
    RelaySettings one = settings(1, Duration.ofSeconds(3), Duration.ofSeconds(4));
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

  @Test
  void resolveWhenNameIsLookedUpThenNotOnAnIoThreadAndOnlyOnce() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    AddressResolver resolver =
        host -> {
          lookups.incrementAndGet();
          thread.complete(Thread.currentThread());
          assertThat(host).isEqualTo("upstream.test");
          return InetAddress.getLoopbackAddress();
        };
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = door(resolver, URI.create("http://upstream.test:" + upstream.port() + "/"));
        RawConnection client = RawConnection.client(door.port())) {
      for (int i = 0; i < 3; i++) {
        client.send(POST);
        assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      }
      assertThat(thread.get(1, TimeUnit.SECONDS)).isNotInstanceOf(XnioIoThread.class);
      assertThat(lookups).hasValue(1);
      assertThat(upstream.awaitConnection().awaitRequest().head())
          .contains("\r\nHost: upstream.test:" + upstream.port() + "\r\n");
    }
  }

  @Test
  void resolveWhenAddressIsRefusedThenItSaysSo() throws Exception {
    AddressResolver guard =
        host -> {
          throw new AddressRefusedException("link-local");
        };
    assertThat(failure(door(guard, URI.create("http://meta.test/")))).isEqualTo("ADDRESS_REFUSED");
  }

  @Test
  void resolveWhenNameIsUnknownThenItSaysSo() throws Exception {
    AddressResolver empty =
        host -> {
          throw new UnknownHostException(host);
        };
    assertThat(failure(door(empty, URI.create("http://none.test/"))))
        .isEqualTo("NAME_NOT_RESOLVED");
  }

  @Test
  void resolveWhenAddressChangesThenNewCallsGoThere() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    AddressResolver moving =
        host -> InetAddress.getByName(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2");
    RelaySettings brief =
        new RelaySettings(
            1_000,
            10,
            Duration.ofSeconds(3),
            Duration.ofSeconds(4),
            Duration.ofMillis(1),
            Duration.ofSeconds(30),
            Duration.ofMillis(25));
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door =
            new Door(
                brief,
                moving,
                SSLContext.getDefault(),
                URI.create("http://moving.test:" + upstream.port() + "/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);
      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      RawConnection old = upstream.awaitConnection();
      Door.await(
          "the move",
          () -> {
            try {
              client.send(POST);
              client.awaitAnswer();
              return !door.failures.isEmpty();
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      assertThat(door.failures).contains(RelayFailure.CONNECT_FAILED);
      old.awaitEnd(1_000);
    }
  }

  @Test
  void connectWhenUpstreamDoesNotShakeHandsThenItTimesOut() throws Exception {
    RelaySettings brief = settings(10, Duration.ofMillis(200), Duration.ofSeconds(4));
    try (RawUpstream silent = RawUpstream.start(RawConnection::readToEnd)) {
      URI url = URI.create("https://127.0.0.1:" + silent.port() + "/");
      assertThat(failure(Door.with(brief, url))).isEqualTo("CONNECT_TIMEOUT");
      silent.awaitConnection().awaitEnd(1_000);
    }
  }

  private static RelaySettings settings(int inFlight, Duration connect, Duration idle) {
    return new RelaySettings(
        1_000_000,
        inFlight,
        connect,
        idle,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofMillis(25));
  }

  private static Door door(AddressResolver resolver, URI url) throws Exception {
    return new Door(Door.SETTINGS, resolver, SSLContext.getDefault(), url);
  }

  private static String failure(Door door) throws Exception {
    try (door;
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);
      String body = client.awaitAnswer().body();
      assertThat(door.pools).allSatisfy(pool -> assertThat(pool.inFlight()).isZero());
      return body;
    }
  }

  /// The kernel delivers the upstream's FIN by itself; nothing shows from outside that it came.
  private static void letTheCloseArrive() {
    long end = System.nanoTime() + Duration.ofMillis(20).toNanos();
    while (System.nanoTime() < end) {
      Thread.yield();
    }
  }
}
