package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.DeadPort;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.ScriptedUpstream;
import dev.sallyport.testing.demo.DumperApp;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Upstreams that are dead, break off or are none that may be called.
@ExtendWith(RunningServer.Extension.class)
class UpstreamFailureIT {
  private final GatewayClient client = new GatewayClient();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void callWhenUpstreamIsDeadThenUnreachable(RunningServer server) {
    try (DeadPort dead = DeadPort.open()) {
      Entrance app = Entrance.to(server, "mcp+" + dead.url() + "mcp");

      HttpResponse<String> answer = client.post(app.url(), app.token().signed(), "{}");

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("\"code\":\"upstream-unreachable\"");
    }
  }

  @Test
  void callWhenUpstreamClosesBeforeItAnswersThenBrokenAndPostIsNotSentAgain(RunningServer server) {
    try (ScriptedUpstream upstream = ScriptedUpstream.start(head -> "")) {
      Entrance app =
          Entrance.of(
              server,
              Map.of(
                  "uri",
                  "mcp+" + upstream.url() + "/mcp",
                  "upstreams",
                  List.of(
                      Map.of("name", "a", "url", upstream.url() + "/a"),
                      Map.of("name", "b", "url", upstream.url() + "/b"))),
              Map.of());

      HttpResponse<String> answer = client.post(app.url(), app.token().signed(), "{}");

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("\"code\":\"upstream-broken\"");
      assertThat(upstream.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 103 Early Hints||, interim answer",
    "HTTP/1.1 99 Odd|Content-Length: 0||, The upstream's status",
    "'HTTP/1.1 200 OK|Content-Length: 5, 5||hello', can't be read",
    "HTTP/1.1 200 OK|Content-Length: 5|Content-Length: 6||hello, in doubt where its answer ends",
    "HTTP/1.1 200 OK|Transfer-Encoding: identity||hello, in doubt where its answer ends",
  })
  void callWhenTheAnswerIsNoneThatCanBePassedOnThenItSaysWhy(
      String answer, String why, RunningServer server) {
    try (ScriptedUpstream upstream = ScriptedUpstream.start(head -> answer.replace("|", "\r\n"))) {
      Entrance app = Entrance.to(server, "mcp+" + upstream.url() + "/mcp");

      HttpResponse<String> refused = client.post(app.url(), app.token().signed(), "{}");

      assertThat(refused.statusCode()).isEqualTo(502);
      assertThat(refused.body()).contains("\"code\":\"upstream-answer-unusable\"", why);
    }
  }

  @Test
  void callWhenFirstUpstreamIsDeadThenSecondTakesOver(RunningServer server) {
    try (DeadPort port = DeadPort.open();
        DumperApp upstream = DumperApp.start(0)) {
      String dead = port.url();
      Entrance app =
          Entrance.of(
              server,
              Map.of(
                  "uri",
                  dead,
                  "upstreams",
                  List.of(
                      Map.of("name", "a", "url", dead),
                      Map.of("name", "b", "url", upstream.url() + "/"))),
              Map.of());
      String token = app.token().signed();

      for (int i = 0; i < 6; i++) {
        assertThat(client.post(app.url() + "/x", token, "{}").statusCode()).isEqualTo(200);
      }
      assertThat(upstream.received()).hasSize(6);
    }
  }

  @Test
  void callWhenUpstreamAnswersAnErrorThenPassedOn(RunningServer server) {
    try (DumperApp upstream = DumperApp.start(0)) {
      Entrance app = Entrance.to(server, upstream.url() + "/");

      assertThat(client.get(app.url() + "/status/503", app.token().signed()).statusCode())
          .isEqualTo(503);
      assertThat(upstream.received()).hasSize(1);
    }
  }

  @Test
  void callWhenUpstreamRedirectsThenNotFollowed(RunningServer server) {
    String answer =
        "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n";
    try (ScriptedUpstream upstream = ScriptedUpstream.start(head -> answer)) {
      Entrance app = Entrance.to(server, upstream.url() + "/");

      HttpResponse<String> passed = client.get(app.url() + "/x", app.token().signed());

      assertThat(passed.statusCode()).isEqualTo(302);
      assertThat(upstream.requests()).hasSize(1);
    }
  }

  @Test
  void callWhenUpstreamIsOurOwnPortThenRefused(RunningServer server) {
    Entrance app = Entrance.to(server, server.base() + "/");

    HttpResponse<String> answer = client.get(app.url() + "/x", app.token().signed());

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("\"code\":\"upstream-refused\"");
  }
}
