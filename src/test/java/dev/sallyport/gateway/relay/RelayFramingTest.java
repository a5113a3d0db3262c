package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.apps.UpstreamHealth;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Upstreams whose answers end elsewhere than they say, or never. `|` stands for CRLF.
class RelayFramingTest {
  private static final String OK = "HTTP/1.1 200 OK|Content-Length: 2||ok";
  private static final String STOLEN = "HTTP/1.1 200 OK|Content-Length: 6||stolen";
  private static final int ENDLESS = 96 << 20;
  // What sockets of this machine may hold that nobody reads.
  private static final int MOST_UNDER_WAY = 48 << 20;

  private static String lines(String text) {
    return text.replace("|", "\r\n");
  }

  private static String request(String method, String headers) {
    return method + " / HTTP/1.1\r\nHost: door\r\n" + headers + "\r\n";
  }

  /// The second person's call is there when the first one's answer comes, so that it finds the
  /// connection just given back.
  @ParameterizedTest
  @CsvSource({
    "GET, HTTP/1.1 200 OK|Content-Length: 2||ok",
    "GET, HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ok|0||",
    "GET, HTTP/1.1 200 OK|Transfer-Encoding: chunked|Content-Length: 12||2|ok|0||",
    "GET, HTTP/1.1 200 OK|Content-Length: 2|Content-Length: 2||ok",
    "GET, HTTP/1.1 204 No Content||",
    "GET, HTTP/1.1 304 Not Modified||",
    "GET, HTTP/1.1 304 Not Modified|Content-Length: 2||",
    "HEAD, HTTP/1.1 200 OK|Content-Length: 2||",
    "HEAD, HTTP/1.1 200 OK|Content-Length: 50||",
  })
  void answerWhenThereIsMoreBehindItThenNobodyGetsThat(String method, String answer)
      throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    RawUpstream.Script script =
        connection -> {
          while (connection.nextRequest()) {
            if (connection.lastRequest().hasHeader("First")) {
              asked.countDown();
              Door.await(mayAnswer);
              connection.send(lines(answer + STOLEN));
              answered.countDown();
            } else {
              connection.send(lines(OK));
            }
          }
        };
    try (RawUpstream upstream = RawUpstream.start(script);
        Door door = Door.to(upstream.url("/"));
        RawConnection one = RawConnection.client(door.port());
        RawConnection other = RawConnection.client(door.port())) {
      other.send(request("GET", ""));
      other.awaitAnswer();
      one.send(request(method, "First: 1\r\n"));
      Door.await(asked);

      CountDownLatch release = door.hold();
      mayAnswer.countDown();
      Door.await(answered);
      other.send(request("GET", ""));
      release.countDown();

      assertThat(other.awaitAnswer().body()).isEqualTo("ok");
      assertThat(one.readHead()).startsWith(answer.substring(0, 12));
      assertThat(door.failures).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2, 2", "-2", "0x2", "", "99999999999999999999"})
  void answerWhenItsLengthIsNoNumberThenNotPassedOn(String length) throws Exception {
    try (RawUpstream upstream =
        RawUpstream.answering(lines("HTTP/1.1 200 OK|Content-Length: " + length + "||ok"))) {
      assertThat(Door.to(upstream.url("/")).failure()).isEqualTo("UNREADABLE_ANSWER");
      upstream.awaitConnection().awaitEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2|Content-Length: 3",
        "Content-Length: +2",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: identity|Content-Length: 2",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
      })
  void answerWhenNobodyKnowsItsEndThenNotPassedOn(String framing) throws Exception {
    try (RawUpstream upstream =
        RawUpstream.answering(lines("HTTP/1.1 200 OK|" + framing + "||ok"))) {
      assertThat(Door.to(upstream.url("/")).failure()).isEqualTo("UNCLEAR_END");
      upstream.awaitConnection().awaitEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2|Content-Length: 2||ok",
        "Transfer-Encoding: chunked|Content-Length: 2||2|ok|0||",
      })
  void answerWhenItsEndIsInDoubtThenTheConnectionServesNobodyElse(String rest) throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(lines("HTTP/1.1 200 OK|" + rest));
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      for (int calls = 1; calls <= 3; calls++) {
        client.send(request("GET", ""));
        assertThat(client.awaitAnswer().body()).isEqualTo("ok");
        assertThat(upstream.connections()).isEqualTo(calls);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "204 No Content|Content-Length: 5",
        "204 No Content|Transfer-Encoding: chunked",
        "304 Not Modified|Content-Length: 5",
        "304 Not Modified|Transfer-Encoding: chunked",
      })
  void answerWhenItsStatusHasNoBodyThenNoneIsWaitedFor(String head) throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(lines("HTTP/1.1 " + head + "||"));
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      for (int i = 0; i < 3; i++) {
        client.send(request("GET", ""));
        assertThat(client.readHead())
            .startsWith("HTTP/1.1 " + head.substring(0, 3))
            .doesNotContain("Content-Length", "Transfer-Encoding");
      }
      door.awaitCompleted(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 200 OK|X-A: , aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "HTTP/1.1 200 OK|, X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|",
    "HTTP/1.1 200 , aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "HTTP/1.1 100 Continue||, HTTP/1.1 100 Continue||",
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ok|0|, X-A: aaaaaaaaaaaaaaaaaaaaaaa|",
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ok|0|X-A: , aaaaaaaaaaaaaaaaaaaaaaa",
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ok|2;, aaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  })
  void answerWhenItsHeadOrTrailersDoNotEndThenTheConnectionDoes(String begin, String more)
      throws Exception {
    int[] sent = {0};
    RawUpstream.Script script =
        connection -> {
          connection.nextRequest();
          connection.send(lines(begin));
          String piece = lines(more).repeat(4_000);
          try {
            while (sent[0] < ENDLESS) {
              connection.send(piece);
              sent[0] += piece.length();
            }
          } finally {
            connection.ended(new IOException());
          }
        };
    try (RawUpstream upstream = RawUpstream.start(script);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(request("GET", "Connection: close\r\n"));

      upstream.awaitConnection().awaitEnd();
      assertThat(sent[0]).isLessThan(MOST_UNDER_WAY);
      client.readUntil("never");
      door.awaitIdle();
    }
  }

  @Test
  void answerWhenItsHeadIsLongThenPassed() throws Exception {
    String header = "X-A: " + "a".repeat(30_000) + "|";
    try (RawUpstream upstream =
            RawUpstream.answering(lines(OK.replace("OK|", "OK|" + header + header)));
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(request("GET", "").repeat(3));

      for (int i = 0; i < 3; i++) {
        assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      }
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void answerWhenItIsAnInterimOneThenRefusedAndNotHeldAgainstTheUpstream() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.answering(lines("HTTP/1.1 103 Early Hints|Link: </a>||" + OK));
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      for (int i = 0; i < 30; i++) {
        client.send(request("GET", ""));
        assertThat(client.awaitAnswer().body()).isEqualTo("INTERIM_ANSWER");
      }
      UpstreamHealth health = door.pools.getFirst().circuit().get();
      assertThat(health.state()).isEqualTo("healthy");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: Upgrade|Upgrade: websocket",
        "Connection: Upgrade|Upgrade: h2c",
        "Upgrade: h2c|Content-Length: 2",
        "X-A: b",
      })
  void answerWhenItSwitchesProtocolsUnaskedThenNotPassedOn(String headers) throws Exception {
    String answer = lines("HTTP/1.1 101 Switching Protocols|" + headers + "||" + STOLEN);
    try (RawUpstream upstream = RawUpstream.answering(answer);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      for (int i = 0; i < 2; i++) {
        client.send(request("GET", "Connection: Upgrade\r\nUpgrade: h2c\r\n"));
        assertThat(client.awaitAnswer().body()).isEqualTo("UNUSABLE_STATUS");
      }
      door.awaitIdle();
    }
  }

  @Test
  void requestWhenItNamesFramingAndHostAsHopByHopThenTheyStand() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(lines(OK));
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(
          "POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 2\r\n"
              + "Connection: keep-alive, Host, Content-Length, Cookie, X-Forwarded-For\r\n\r\n{}");

      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      RawConnection.Message request = upstream.awaitConnection().awaitRequest();
      assertThat(request.body()).isEqualTo("{}");
      assertThat(request.hasHeader("Host")).isTrue();
      assertThat(request.hasHeader("X-Forwarded-For")).isTrue();
    }
  }
}
