package dev.sallyport.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.BodyingUpstream;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.ScriptedUpstream;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.TokenServer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a call whose upstream would not take the token that the gateway got for it.
@ExtendWith(RunningServer.Extension.class)
class RefusedTokenRepeatIT extends CredentialFixture {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final String PLAIN_401 = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";
  private static final String CHALLENGE_401 =
      """
      HTTP/1.1 401 Unauthorized\r
      WWW-Authenticate: Bearer error="invalid_token", resource_metadata="https://x.test/m"\r
      Content-Length: 0\r
      \r
      """;

  /// Refuses the token endpoint's first token and takes every other.
  private static ScriptedUpstream strict(String refusal) {
    return ScriptedUpstream.start(
        head -> head.contains("Authorization: Bearer t-1") ? refusal : OK);
  }

  @ParameterizedTest
  @CsvSource({
    "exchange, plain", "exchange, challenge",
    "client_credentials, plain", "client_credentials, challenge"
  })
  void callWhenUpstreamRefusesTheTokenThenRepeatedOnceWithAnotherOne(
      String kind, String refusal, RunningServer server) {
    try (TokenServer endpoint = counting();
        ScriptedUpstream strict = strict(refusal.equals("plain") ? PLAIN_401 : CHALLENGE_401)) {
      entrance = Entrance.to(server, strict.url() + "/");
      set(at(endpoint, kind));
      TestToken token = entrance.token();

      assertThat(List.of(get(token).statusCode(), get(token).statusCode())).containsOnly(200);

      assertThat(endpoint.asked()).hasSize(2);
      assertThat(strict.requests()).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "exchange, plain", "exchange, challenge",
    "client_credentials, plain", "client_credentials, challenge"
  })
  void callWhenUpstreamRefusesTheNextTokenTooThenThatIsFinal(
      String kind, String refusal, RunningServer server) {
    String answer401 = refusal.equals("plain") ? PLAIN_401 : CHALLENGE_401;
    try (TokenServer endpoint = counting();
        ScriptedUpstream never = ScriptedUpstream.start(head -> answer401)) {
      entrance = Entrance.to(server, never.url() + "/");
      set(at(endpoint, kind));

      HttpResponse<String> answer = get(entrance.token());

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
      assertThat(answer.body()).contains("upstream-token-refused", "nor a new one");
      assertThat(endpoint.asked()).hasSize(2);
      assertThat(never.requests()).hasSize(2);
    }
  }

  @Test
  void callWhenTheRefusedRequestHadABodyThenItArrivesAgain(RunningServer server) {
    BodyingUpstream upstream = BodyingUpstream.refusing("Bearer t-1");
    try (TokenServer endpoint = counting();
        upstream) {
      entrance = Entrance.to(server, upstream.url() + "/");
      set(at(endpoint, "exchange"));
      String body = "x".repeat(100_000);

      HttpResponse<String> answer =
          client.post(entrance.url() + "/x", entrance.token().signed(), body);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(upstream.bodies()).containsExactly(body, body);
    }
  }

  @Test
  void callWhenTheBodyIsAStreamThenTheNextCallHasAnotherToken(RunningServer server) {
    BodyingUpstream upstream = BodyingUpstream.refusing("Bearer t-1");
    try (TokenServer endpoint = counting();
        upstream) {
      entrance = Entrance.to(server, upstream.url() + "/");
      set(at(endpoint, "exchange"));
      TestToken token = entrance.token();

      HttpResponse<String> answer = stream(token);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("upstream-token-unavailable");
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(stream(token).statusCode()).isEqualTo(200);
      assertThat(upstream.bodies()).containsExactly("streamed", "streamed");
    }
  }

  private HttpResponse<String> stream(TestToken token) {
    return client.send(
        "POST",
        entrance.url() + "/x",
        BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream("streamed".getBytes(StandardCharsets.UTF_8))),
        "Authorization",
        "Bearer " + token.signed());
  }

  @Test
  void staticWhenUpstreamAnswers401ThenItIsTheClients(RunningServer server) {
    try (ScriptedUpstream never = ScriptedUpstream.start(head -> PLAIN_401)) {
      entrance = Entrance.to(server, never.url() + "/");
      set(Map.of("kind", "static", "header", "X-Api-Key", "value", "k-123"));

      assertThat(get(entrance.token()).statusCode()).isEqualTo(401);
      assertThat(never.requests()).hasSize(1);
    }
  }
}
