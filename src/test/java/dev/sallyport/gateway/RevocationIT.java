package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.OpenStream;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.demo.DumperApp;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Ending a session: at once, in the middle of a stream, and it stays ended.
@ExtendWith(RunningServer.Extension.class)
class RevocationIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private Entrance entrance;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, upstream.url() + "/");
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private HttpResponse<String> call(TestToken token) {
    return client.get(entrance.url() + "/x", token.signed());
  }

  private OpenStream stream(TestToken token) {
    return OpenStream.of(client.stream(entrance.url() + "/sse-quiet", token.signed()));
  }

  @Test
  void endWhenAStreamIsOpenThenCutAtOnce() {
    TestToken token = entrance.token();
    OpenStream stream = stream(token);
    upstream.awaitOpenStreams(1, Await.PATIENCE);

    Rest.Answer ended = entrance.end(entrance.session());

    stream.awaitCutWithin(AT_ONCE);
    upstream.awaitOpenStreams(0, Await.PATIENCE);
    assertThat(ended.status()).isEqualTo(200);
    assertThat(ended.at("/endedReason")).isEqualTo("revoked");
  }

  @Test
  void endWhenAnotherSessionStreamsThenThatGoesOn() {
    OpenStream ended = stream(entrance.token());
    String session = entrance.session();
    OpenStream other = stream(entrance.token());

    entrance.end(session);

    ended.awaitCutWithin(AT_ONCE);
    assertThat(other.isOpen()).isTrue();
  }

  @Test
  void endWhenCalledAgainThenRefusedAndUpstreamIsNotCalled() {
    TestToken token = entrance.token();
    call(token);
    entrance.end(entrance.session());
    upstream.forgetReceived();

    refusesForGood(call(token));
    refusesForGood(call(token.refreshed()));
    refusesForGood(call(token.with("iat", Instant.now().getEpochSecond() + 30)));
    assertThat(entrance.sessions("live")).isEmpty();
  }

  private void refusesForGood(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("\"code\":\"token-blocked\"");
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("error=\"invalid_token\"");
    assertThat(upstream.received()).isEmpty();
  }

  @Test
  void endWhenPersonSignsInAgainThenLetInAsANewSession() {
    TestToken token = entrance.token();
    call(token);
    String first = entrance.session();
    entrance.end(first);

    assertThat(call(token.with("sid", Unique.name("sid"))).statusCode()).isEqualTo(200);
    assertThat(entrance.session()).isNotEqualTo(first);
  }

  @Test
  void endWhenTokenHasNoSidThenOnlyALaterSignInIsLetIn() {
    long now = Instant.now().getEpochSecond();
    TestToken token = entrance.token().without("sid").with("auth_time", now - 60);
    call(token);
    entrance.end(entrance.session());

    assertThat(call(token.refreshed()).body()).contains("\"code\":\"token-blocked\"");
    long later = Instant.now().getEpochSecond() + 5;
    HttpResponse<String> again = call(token.with("auth_time", later));
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
  }

  @Test
  void endWhenEndedAlreadyThenSaysTheSame() {
    call(entrance.token());
    String session = entrance.session();
    Rest.Answer first = entrance.end(session);

    assertThat(entrance.end(session).text()).isEqualTo(first.text());
  }

  @Test
  void tokenWhenItsExpComesThenStreamIsCut() {
    // Time enough to open the stream, also on a busy machine.
    long soon = Instant.now().getEpochSecond() + 12;

    OpenStream stream = stream(entrance.token().with("exp", soon));

    stream.awaitCut(Duration.ofMinutes(3));
  }
}
