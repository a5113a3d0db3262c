package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.DeadPort;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What becomes of calls and MCP sessions when upstreams die and come back.
@ExtendWith(RunningServer.Extension.class)
class UpstreamHealthIT {
  private static final String SESSION = "Mcp-Session-Id";
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nMcp-Session-Id: of-%s\r\nContent-Length: 1\r\n\r\n%s";

  private final GatewayClient client = new GatewayClient();

  @AfterEach
  void close() {
    client.close();
  }

  private static ScriptedUpstream upstream(int port, String name) {
    return ScriptedUpstream.startAt(port, head -> ANSWER.formatted(name, name));
  }

  private static Entrance app(
      RunningServer server, Map<String, Object> traffic, ScriptedUpstream... upstreams) {
    List<Map<String, String>> list = new java.util.ArrayList<>();
    for (ScriptedUpstream upstream : upstreams) {
      list.add(Map.of("name", "u" + list.size(), "url", upstream.url() + "/mcp"));
    }
    return Entrance.of(
        server,
        Map.of("uri", "mcp+" + upstreams[0].url() + "/mcp", "upstreams", list, "traffic", traffic),
        Map.of());
  }

  private static String health(Entrance app, int upstream) {
    return app.rest().get(app.appPath()).at("/upstreams/" + upstream + "/health/state");
  }

  private HttpResponse<String> call(Entrance app, String token, String... headers) {
    return client.get(app.url(), token, headers);
  }

  private String initialiseAt(Entrance app, String token, String upstream) {
    for (int i = 0; i < 1_000; i++) {
      HttpResponse<String> answer = call(app, token);
      if (answer.body().equals(upstream)) {
        return answer.headers().firstValue(SESSION).orElseThrow();
      }
    }
    throw new AssertionError("never came to upstream " + upstream);
  }

  @Test
  void callWhenTheSessionsUpstreamDiesThenClientBeginsAnewElsewhereInTheSameAppSession(
      RunningServer server) {
    try (ScriptedUpstream a = upstream(0, "a");
        ScriptedUpstream b = upstream(0, "b")) {
      Entrance app = app(server, Map.of(), a, b);
      String token = app.token().signed();
      String atA = initialiseAt(app, token, "a");
      String atB = initialiseAt(app, token, "b");
      String session = app.session();
      a.close();

      HttpResponse<String> lost = call(app, token, SESSION, atA);

      assertThat(lost.statusCode()).isEqualTo(404);
      assertThat(lost.body()).contains("\"code\":\"mcp-session-not-found\"");
      for (int i = 0; i < 10; i++) {
        assertThat(call(app, token).body()).isEqualTo("b");
        assertThat(call(app, token, SESSION, atB).body()).isEqualTo("b");
      }
      assertThat(call(app, token, SESSION, atA).statusCode()).isEqualTo(404);
      assertThat(app.session()).isEqualTo(session);
    }
  }

  @Test
  void healthWhenUpstreamDiesAndComesBackThenRestSaysSoAndCallsReturn(RunningServer server) {
    try (ScriptedUpstream a = upstream(0, "a");
        ScriptedUpstream b = upstream(0, "b")) {
      Entrance app = app(server, Map.of(), a, b);
      String token = app.token().signed();
      assertThat(call(app, token).statusCode()).isEqualTo(200);
      assertThat(health(app, 0)).isEqualTo("healthy");
      a.close();
      Await.until(
          "upstream a to be down",
          () -> call(app, token).body().equals("b") && health(app, 0).equals("down"));
      assertThat(app.rest().get(app.appPath()).at("/upstreams/0/health/lastError/detail"))
          .isIn("connect failed", "broken before answer", "check: connect failed");
      assertThat(health(app, 1)).isEqualTo("healthy");

      try (ScriptedUpstream again = upstream(a.port(), "a")) {
        Await.until("upstream a to be back", () -> health(app, 0).equals("warming"));
        Await.until("a call at a", () -> call(app, token).body().equals("a"));
        assertThat(again.requests()).isNotEmpty();
      }
    }
  }

  @Test
  void callWhenTheOnlyUpstreamIsDownThenRefusedAtOnceAndItsSessionsAreKept(RunningServer server) {
    AtomicInteger port = new AtomicInteger();
    Entrance app;
    String token;
    String id;
    try (ScriptedUpstream only = upstream(0, "a")) {
      port.set(only.port());
      app = app(server, Map.of(), only);
      token = app.token().signed();
      id = initialiseAt(app, token, "a");
    }
    Await.until(
        "the upstream to be down",
        () -> call(app, token, SESSION, id).statusCode() == 502 && health(app, 0).equals("down"));

    HttpResponse<String> refused = call(app, token, SESSION, id);

    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(refused.body()).contains("\"code\":\"upstream-unreachable\"");
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    try (ScriptedUpstream again = upstream(port.get(), "a")) {
      Await.until("the session to go on", () -> call(app, token, SESSION, id).statusCode() == 200);
      assertThat(again.requests().getLast()).anyMatch(line -> line.endsWith(": of-a"));
    }
  }

  @Test
  void healthWhenPingsFailThenDownWithoutACall(RunningServer server) {
    String broken = "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n";
    try (ScriptedUpstream a = ScriptedUpstream.start(head -> broken)) {
      Entrance app = app(server, Map.of("healthCheck", "mcp"), a);

      Await.until("the checks to find it", () -> health(app, 0).equals("down"));

      assertThat(app.rest().get(app.appPath()).at("/upstreams/0/health/lastError/detail"))
          .isEqualTo("check: answered 500");
      assertThat(a.requests().getFirst().getFirst()).isEqualTo("POST /mcp HTTP/1.1");
    }
  }

  @Test
  void healthWhenNobodyListensThenDownWithoutACall(RunningServer server) {
    try (DeadPort dead = DeadPort.open()) {
      Entrance app =
          Entrance.of(
              server,
              Map.of("uri", "mcp+" + dead.url(), "traffic", Map.of("healthCheck", "tcp")),
              Map.of());

      Await.until("the checks to find it", () -> health(app, 0).equals("down"));
    }
  }

  @Test
  void callWhenAffinityIsPersonThenEveryCallOfAPersonGoesToOneUpstream(RunningServer server) {
    try (ScriptedUpstream a = upstream(0, "a");
        ScriptedUpstream b = upstream(0, "b")) {
      Entrance app = app(server, Map.of("affinity", "person"), a, b);
      var seen = new java.util.HashSet<String>();
      for (int person = 0; person < 20; person++) {
        var token = app.token().with("sub", "person-" + person);
        String home = call(app, token.signed()).body();
        seen.add(home);
        for (int i = 0; i < 4; i++) {
          assertThat(call(app, token.with("sid", "other-" + i).signed()).body()).isEqualTo(home);
        }
      }

      assertThat(seen).containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void callWhenAffinityIsSessionThenSessionsOfOnePersonMayDiffer(RunningServer server) {
    try (ScriptedUpstream a = upstream(0, "a");
        ScriptedUpstream b = upstream(0, "b")) {
      Entrance app = app(server, Map.of("affinity", "session"), a, b);
      var seen = new java.util.HashSet<String>();
      for (int session = 0; session < 20; session++) {
        String token = app.token().with("sid", "s-" + session).signed();
        String home = call(app, token).body();
        seen.add(home);
        for (int i = 0; i < 4; i++) {
          assertThat(call(app, token).body()).isEqualTo(home);
        }
      }

      assertThat(seen).containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void createWhenTrafficIsWrongThenFieldsAreNamed(RunningServer server) {
    try (ScriptedUpstream a = upstream(0, "a")) {
      Entrance app = app(server, Map.of(), a);
      var answer =
          app.changeApp(
              Map.of(
                  "traffic",
                  Map.of(
                      "affinity",
                      "sticky",
                      "healthCheck",
                      "http",
                      "maxCallsPerUpstream",
                      0,
                      "maxWaiting",
                      -1)));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.fields())
          .containsExactlyInAnyOrder(
              "traffic.affinity",
              "traffic.healthCheck",
              "traffic.maxCallsPerUpstream",
              "traffic.maxWaiting");
    }
  }
}
