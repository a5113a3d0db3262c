package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Heads that the listener reads leniently (RFC 9112 section 2.2: a bare LF; section 5.2: a fold):
/// the upstream gets one clean head, letter by letter.
@ExtendWith(RunningServer.Extension.class)
class LenientHeadIT {
  private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
  private ServerSocket upstream;
  private Entrance app;

  @BeforeEach
  void open(RunningServer server) throws IOException {
    upstream = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::serve);
    app = Entrance.to(server, "http://127.0.0.1:" + upstream.getLocalPort() + "/");
  }

  @AfterEach
  void close() throws IOException {
    upstream.close();
  }

  /// Keeps each head as it came. One that does not end as it should never comes to its end.
  private void serve() {
    while (true) {
      try (Socket socket = upstream.accept()) {
        StringBuilder head = new StringBuilder();
        int next;
        while (head.indexOf("\r\n\r\n") < 0 && (next = socket.getInputStream().read()) != -1) {
          head.append((char) next);
        }
        heads.add(head.toString());
        String answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /// `|` stands for CRLF, `~` for a bare LF, `>` for a tab.
  private static String lines(String text) {
    return text.replace("|", "\r\n").replace("~", "\n").replace(">", "\t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /apps/A/x HTTP/1.1~Host: H~Authorization: T~Connection: close~~",
        "GET /apps/A/x HTTP/1.1|Host: H|Authorization: T|X-A: b~X-B: c~Connection: close||",
        "GET /apps/A/x HTTP/1.1|Host: H|Authorization: T|X-A: b| c: d|Connection: close||",
        "GET /apps/A/x HTTP/1.1|Host: H|Authorization: T|X-A: b|>Transfer-Encoding: chunked|Connection: close||",
        "GET /apps/A/x HTTP/1.1|Host: H|Authorization: T|X-A: b~ Content-Length: 9~Connection: close~~",
        "GET /apps/A/x HTTP/1.1|Host: H|Authorization: T|X-A: b| Sallyport-Jwt-Assertion: e|Connection: close||",
        "GET /apps/A/x HTTP/1.1|Host: H|Authorization: T|X-A: b~~GET /apps/A/y HTTP/1.1|Host: H|Connection: close||",
      })
  void headWhenReadLenientlyThenTheUpstreamGetsACleanOne(String head, RunningServer server)
      throws Exception {
    String answer = exchange(server, head);

    assertThat(answer).startsWith("HTTP/1.1 200 ");
    String sent = heads.poll(30, TimeUnit.SECONDS);
    assertThat(sent).isNotNull().startsWith("GET /x HTTP/1.1\r\n");
    assertClean(sent);
    assertThat(heads).as("smuggled").isEmpty();
  }

  private String exchange(RunningServer server, String head) throws IOException {
    String request =
        lines(head)
            .replace("/A/", "/" + app.name() + "/")
            .replace(": H", ": " + RawCall.host(server))
            .replace(": T", ": Bearer " + app.token().signed());
    try (RawCall call = RawCall.to(server)) {
      return call.send(request).readToEnd();
    }
  }

  private static void assertClean(String head) {
    String whole = head.replace("\r\n", "");
    assertThat(whole).doesNotContain("\r").doesNotContain("\n");
    List<String> lines = List.of(head.strip().split("\r\n"));
    assertThat(lines.subList(1, lines.size()))
        .allMatch(line -> line.matches("[A-Za-z0-9-]+: ?[\\x20-\\x7e]*"))
        .noneMatch(
            line -> line.toLowerCase(Locale.ROOT).matches("(content-length|transfer-encoding):.*"));
    assertThat(lines).filteredOn(line -> line.startsWith("Sallyport-Jwt-Assertion: ")).hasSize(1);
    assertThat(lines)
        .filteredOn(line -> line.toLowerCase(Locale.ROOT).startsWith("host:"))
        .hasSize(1);
    assertThat(lines).doesNotContain("Sallyport-Jwt-Assertion: e");
  }
}
