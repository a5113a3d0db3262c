package dev.sallyport.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.RawCall;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A WebSocket at an app's own host: as long as its session, and for the app's own pages.
class SiteWebSocketIT extends LaunchFixture {
  private RawCall ask(String path, String... headers) throws IOException {
    RawCall call = RawCall.to(server);
    return call.send(
        """
        GET %s HTTP/1.1\r
        Host: %s\r
        Connection: keep-alive, Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        %s\r
        \r
        """
            .formatted(path, origin.substring(7), String.join("\r\n", headers)));
  }

  private RawCall open() throws IOException {
    RawCall call = ask("/socket", cookie(), "Origin: " + origin);
    String head = call.readUntil("\r\n\r\n");
    assertThat(head).startsWith("HTTP/1.1 101").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assertThat(head).doesNotContain("evil");
    return call;
  }

  private String cookie() {
    return "Cookie: " + COOKIE + "=" + site.cookies().get(COOKIE);
  }

  private static void assertEchoes(RawCall call, String word) throws IOException {
    call.send(word + "\r\n\r\n");
    assertThat(call.readUntil("\n")).isEqualTo("echo of " + word + "\n");
  }

  @Test
  void socketWhenThePersonIsSignedInThenBytesPassBothWays() throws IOException {
    enter();
    try (RawCall call = open()) {
      assertEchoes(call, "one");
      assertEchoes(call, "two");
      assertThat(upstream.requests().get(1))
          .contains("Upgrade: websocket", "Sec-WebSocket-Version: 13")
          .noneMatch(line -> line.contains(COOKIE));
    }
  }

  @Test
  void socketWhenTheAppSessionEndsThenCut() throws IOException {
    enter();
    try (RawCall call = open()) {
      assertEchoes(call, "one");
      rest.delete("app-sessions/" + sessions("live").getFirst());
      assertThat(call.readToEnd()).isEmpty();
    }
  }

  @Test
  void socketWhenThePersonSignsOutThenCut() throws IOException {
    enter();
    try (RawCall call = open()) {
      console.post("/auth/logout", "");
      assertThat(call.readToEnd()).isEmpty();
    }
  }

  @Test
  void socketWhenTheAppEndsItThenTheClientHears() throws IOException {
    enter();
    try (RawCall call = open()) {
      upstream.close();
      assertThat(call.readToEnd()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-None: 1",
        "Origin: https://evil.example",
        "Origin: null",
        "Sec-Fetch-Site: same-origin"
      })
  void socketWhenAnotherPageAsksThenRefused(String header) throws IOException {
    enter();
    int before = upstream.requests().size();
    try (RawCall call = ask("/socket", cookie(), header)) {
      assertThat(call.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 403");
    }
    assertThat(upstream.requests()).hasSize(before);
  }

  @Test
  void socketWhenNobodyIsSignedInThenRefused() throws IOException {
    try (RawCall call = ask("/socket", "Origin: " + origin)) {
      assertThat(call.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 401");
    }
  }

  @Test
  void socketWithATokenThenNeedsNoOrigin() throws IOException {
    String token = idp.token(server.base() + "/apps/" + name).signed();
    try (RawCall call = ask("/socket", "Authorization: Bearer " + token)) {
      assertThat(call.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 101");
      assertEchoes(call, "agent");
    }
  }

  @Test
  void socketWhenTheAppDeclinesThenItsAnswerComes() throws IOException {
    enter();
    try (RawCall call = ask("/no", cookie(), "Origin: " + origin)) {
      assertThat(call.readUntil("hello")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void upgradeToSomethingElseThenRefused() throws IOException {
    enter();
    try (RawCall call = RawCall.to(server)) {
      call.send(
          "GET / HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: tunnel\r\n%s\r\n\r\n"
              .formatted(origin.substring(7), cookie()));
      assertThat(call.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 400");
    }
  }

  /// What a proxy in front may take for the first bytes of a socket.
  private String behind() {
    return "X-A: b\r\n\r\nGET /behind HTTP/1.1\r\nHost: " + origin.substring(7) + "\r\n" + cookie();
  }

  @Test
  void socketWhenItIsDeclinedThenWhatIsBehindIsNoRequest() throws IOException {
    enter();
    for (String[] headers :
        new String[][] {
          {cookie(), "Origin: " + origin, behind()},
          {"Cookie: a=b", behind()},
          {cookie(), "Origin: https://evil.example", behind()},
        }) {
      try (RawCall call = ask("/no", headers)) {
        String answer = call.readToEnd();

        assertThat(answer).startsWith("HTTP/1.1 ").containsOnlyOnce("HTTP/1.1 ");
        assertThat(answer).containsIgnoringCase("\r\nConnection: close\r\n");
      }
    }
    assertThat(upstream.requests()).noneMatch(head -> head.getFirst().contains("/behind"));
  }
}
