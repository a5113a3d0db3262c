package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DumperApp;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies in chunks, where others could find another end of them, or that have none. `|` stands for
/// CRLF, `~` for a bare LF.
@ExtendWith(RunningServer.Extension.class)
class ChunkedRequestIT {
  private static final int ENDLESS = 96 << 20;
  // What sockets of this machine may hold that nobody reads.
  private static final int MOST_UNDER_WAY = 48 << 20;
  private static final String REFUSED_BODY = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
  private static DumperApp upstream;
  private static Entrance app;

  @BeforeAll
  static void open(RunningServer server) {
    upstream = DumperApp.start(0);
    app = Entrance.to(server, upstream.url() + "/");
  }

  @AfterAll
  static void close() {
    upstream.close();
  }

  @AfterEach
  void forget() {
    upstream.forgetReceived();
  }

  private static String lines(String text) {
    return text.replace("|", "\r\n").replace("~", "\n");
  }

  private static String head(RunningServer server, String path, String headers) {
    return "POST " + path + " HTTP/1.1\r\nHost: " + RawCall.host(server) + "\r\n" + headers;
  }

  private static String authorized(RunningServer server) {
    return head(
        server,
        "/apps/" + app.name() + "/x",
        "Authorization: Bearer " + app.token().signed() + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2|{}GET /apps/x HTTP/1.1|0||",
        "2|{}x|0||",
        "2|{}~0||",
        "2~{}|0||",
        "2 |{}|0||",
        "2\tfoo|{}|0||",
        "2;~{}|0||",
        "2|{}|0~~",
        "2|{}|0|a: b~~",
        "2|{}|0|folded: a| b||",
        "2|{}|0|none||",
      })
  void bodyWhenOthersCouldFindAnotherEndThenTheConnectionEnds(String body, RunningServer server)
      throws IOException {
    String second = authorized(server) + "Connection: close\r\nContent-Length: 0\r\n\r\n";
    try (RawCall call = RawCall.to(server)) {
      call.send(authorized(server) + lines("Transfer-Encoding: chunked||" + body) + second);

      assertThat(call.readToAnyEnd()).doesNotContain("HTTP/1.1 200");
      assertThat(upstream.received()).isEmpty();
    }
  }

  @Test
  void bodyWhenItsTrailersHaveNoEndThenTheConnectionEnds(RunningServer server) throws IOException {
    String trailers = "X-A: " + "a".repeat(1_000) + "\r\n";
    String chunked = lines("Transfer-Encoding: chunked||2|{}|0|");
    for (String head :
        new String[] {
          authorized(server),
          head(server, "/mcp/apps/" + app.name(), ""),
          head(server, "/openapi", ""),
          head(server, "/.sallyport/openapi", ""),
          head(server, "/api/v1/apps", ""),
          head(server, "/auth/sign-in", ""),
        }) {
      assertEnds(server, head + chunked, trailers);
      assertEnds(server, head + chunked + "X-A: ", "a".repeat(1_000));
    }
  }

  @Test
  void bodyWhenTheCallIsRefusedThenNotReadForEver(RunningServer server) throws IOException {
    String head = head(server, "/mcp/apps/" + app.name(), "");

    assertEnds(server, head + lines("Transfer-Encoding: chunked||"), REFUSED_BODY);
    assertEnds(server, head + lines("Content-Length: 1000000000000||"), REFUSED_BODY);
  }

  /// More and more of this is taken for a while only.
  private static void assertEnds(RunningServer server, String begin, String more)
      throws IOException {
    try (RawCall call = RawCall.to(server)) {
      call.send(begin);
      assertThat(sent(call, more)).as(begin).isLessThan(MOST_UNDER_WAY);
    }
  }

  private static int sent(RawCall call, String more) throws IOException {
    String piece = more.repeat(64);
    int sent = 0;
    try {
      while (sent < ENDLESS) {
        call.send(piece);
        sent += piece.length();
      }
    } catch (SocketException ended) {
      return sent;
    }
    return sent;
  }
}
