package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.ScriptedUpstream;
import dev.sallyport.testing.TestToken;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that drop their `Mcp-Session-Id`, at an app whose two servers hold the sessions of two
/// people: they get what the servers say to that, and never anybody's session.
@ExtendWith(RunningServer.Extension.class)
class DroppedSessionIT {
  private static final String ID = "Mcp-Session-Id";
  private static final int CALLS = 8;

  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final ScriptedUpstream upstream = ScriptedUpstream.start(this::answer);
  private final GatewayClient client = new GatewayClient();
  private Entrance app;

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  /// As MCP 2025-11-25 (Session Management) asks of a server: 400 without an id, 404 for one that
  /// it does not know.
  private String answer(List<String> head) {
    if (value(head, "X-Begin").isPresent()) {
      String id = "session-" + begun.size() + "-of-" + head.getFirst().split(" ")[1].substring(1);
      begun.add(id);
      return "HTTP/1.1 200 OK\r\n" + ID + ": " + id + "\r\nContent-Length: 0\r\n\r\n";
    }
    Optional<String> id = value(head, ID);
    if (id.isEmpty()) {
      return "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
    }
    String body = id.get();
    return begun.contains(body)
        ? "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body
        : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
  }

  private static Optional<String> value(List<String> head, String name) {
    return head.stream()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private HttpResponse<String> call(TestToken token, String... headers) {
    return client.get(app.url(), token.signed(), headers);
  }

  private String begin(TestToken token) {
    return call(token, "X-Begin", "yes").headers().firstValue(ID).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "session", "person"})
  void callWhenTheSessionIsDroppedThenTheServersRefusalAndNobodysSession(
      String affinity, RunningServer server) {
    app = app(server, affinity);
    TestToken ann = app.token().with("sub", "ann");
    TestToken bob = app.token().with("sub", "bob");
    String annsId = begin(ann);
    String bobsId = begin(bob);
    String anns = call(ann, ID, annsId).body();
    String bobs = call(bob, ID, bobsId).body();
    assertThat(anns).startsWith("session-").isNotEqualTo(bobs);
    int before = upstream.requests().size();

    for (int i = 0; i < CALLS; i++) {
      assertThat(call(ann).statusCode()).isEqualTo(400);
      assertThat(call(bob).statusCode()).isEqualTo(400);
    }

    assertThat(upstream.requests().subList(before, before + 2 * CALLS))
        .allMatch(head -> value(head, ID).isEmpty());
    assertThat(call(ann, ID, annsId).body()).isEqualTo(anns);
    assertThat(call(bob, ID, bobsId).body()).isEqualTo(bobs);
    int after = upstream.requests().size();
    assertThat(call(ann, ID, bobsId).body()).contains("mcp-session-not-found");
    assertThat(call(bob, ID, anns).statusCode()).isEqualTo(404);
    assertThat(upstream.requests()).hasSize(after);
  }

  private Entrance app(RunningServer server, String affinity) {
    return Entrance.of(
        server,
        Map.of(
            "uri",
            "mcp+" + upstream.url() + "/a",
            "traffic",
            Map.of("affinity", affinity),
            "upstreams",
            List.of(
                Map.of("name", "a", "url", upstream.url() + "/a"),
                Map.of("name", "b", "url", upstream.url() + "/b"))),
        Map.of());
  }
}
