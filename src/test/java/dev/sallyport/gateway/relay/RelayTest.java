package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Measured;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelayTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void forwardWhenUpstreamAnswersThenClientGetsItsBytes() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = Door.to(upstream.url("/mcp?a=b"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send("POST /x HTTP/1.1\r\nHost: door\r\nContent-Length: 5\r\n\r\nhello");

      RawConnection.Message answer = client.awaitAnswer();
      RawConnection.Message request = upstream.awaitConnection().awaitRequest();
      assertThat(answer.startLine()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(answer.body()).isEqualTo("ok");
      assertThat(request.startLine()).isEqualTo("POST /mcp?a=b HTTP/1.1");
      assertThat(request.body()).isEqualTo("hello");
      Door.await("the end of the call", () -> door.completed.get() == 1);
      assertThat(door.pools.getFirst().inFlight()).isZero();
    }
  }

  @Test
  void forwardWhenBodyIsChunkedThenItIsChunkedUpstream() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send("POST / HTTP/1.1\r\nHost: door\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("3\r\nabc\r\n");
      client.send("2\r\nde\r\n0\r\n\r\n");

      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      assertThat(upstream.awaitConnection().awaitRequest().body()).isEqualTo("abcde");
    }
  }

  @Test
  void forwardWhenCallsFollowThenConnectionsAreReused() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      for (int i = 0; i < 100; i++) {
        client.send("POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 1\r\n\r\nx");
        assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      }
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void forwardWhenEventStreamIsQuietThenHeadersArriveAtOnce() throws Exception {
    try (RawUpstream upstream = RawUpstream.start(RelayTest::quietStream);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      try (RawConnection first = RawConnection.client(door.port())) {
        first.send("GET / HTTP/1.1\r\nHost: door\r\n\r\n");
        first.readHead(); // classes are loaded now
      }
      long start = System.nanoTime();
      client.send("GET / HTTP/1.1\r\nHost: door\r\n\r\n");

      assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK");
      Measured.promised("head of a quiet stream", Duration.ofMillis(200), start);
    }
  }

  private static void quietStream(RawConnection connection) throws IOException {
    connection.nextRequest();
    connection.send(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    connection.readToEnd();
  }
}
