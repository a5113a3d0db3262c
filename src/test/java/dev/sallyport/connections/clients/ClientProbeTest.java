package dev.sallyport.connections.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.crypto.Secret;
import dev.sallyport.http.OutboundFixture;
import dev.sallyport.testing.MutableClock;
import dev.sallyport.testing.RemoteMcp;
import dev.sallyport.testing.RemoteMcp.Asked;
import dev.sallyport.testing.RemoteMcp.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How this gateway finds out whether a server still knows its client.
class ClientProbeTest {
  private final RemoteMcp mcp = RemoteMcp.start();
  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T12:00:00Z"));
  private final ClientProbe probe = new ClientProbe();

  ClientProbeTest() {
    probe.http = OutboundFixture.toLoopback();
    probe.clock = clock;
  }

  @AfterEach
  void stop() {
    probe.http.close();
    mcp.close();
  }

  private AuthorizationServer server() {
    return new AuthorizationServer(
        mcp.issuer(),
        URI.create(mcp.issuer() + "/authorize"),
        URI.create(mcp.issuer() + "/token"),
        URI.create(mcp.issuer() + "/register"),
        null,
        Set.of(),
        Set.of(),
        false,
        false);
  }

  private OAuthClient client(@Nullable Secret secret, String method) {
    return new OAuthClient(
        "ocl_1",
        mcp.issuer(),
        ClientKind.REGISTERED,
        "c-1",
        secret,
        method,
        "https://gate.example/cb");
  }

  private boolean looksKnown() {
    return probe.looksKnown(server(), client(null, "none"));
  }

  private boolean isForgotten() {
    return probe.isForgotten(server(), client(null, "none"));
  }

  private void authorizes(int status) {
    mcp.on("/authorize", _ -> Reply.status(status));
  }

  private void tokens(int status, String error) {
    mcp.on("/token", _ -> new Reply(status, "{\"error\":\"" + error + "\"}", Map.of()));
  }

  @Test
  void looksKnownThenAskedAsABrowserWould() {
    authorizes(200);
    assertThat(looksKnown()).isTrue();
    assertThat(mcp.asked().getLast().query()).contains("prompt=none", "code_challenge_method=S256");
  }

  @ParameterizedTest
  @CsvSource({
    "302, https://gate.example/cb?error=login_required, true",
    "302, https://gate.example/cb?error=unauthorized_client&state=x, false",
    "200, '', true",
    "400, '', false",
    "401, '', false",
    "403, '', true",
    "404, '', false",
    "503, '', true"
  })
  void looksKnownWhenTheServerAnswersOtherwiseThenOnlyARefusalCounts(
      int status, String location, boolean isKnown) {
    mcp.on("/authorize", _ -> new Reply(status, "", Map.of("Location", location)));
    assertThat(looksKnown()).isEqualTo(isKnown);
  }

  @Test
  void forgottenWhenTheServerIsDownThenItHasForgottenNobody() {
    mcp.close();
    clock.forward(Duration.ofHours(1));
    assertThat(isForgotten()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "post", "basic"})
  void forgottenWhenTheServerSaysSoByNameThenAtOnce(String method) {
    authorizes(400);
    tokens(401, "invalid_client");
    Secret secret = method.equals("none") ? null : new Secret("s3cret");
    assertThat(probe.isForgotten(server(), client(secret, method))).isTrue();
    Asked last = mcp.asked().getLast();
    assertThat(last.path()).isEqualTo("/token");
    assertThat(last.body()).contains("grant_type=refresh_token");
    assertThat(last.body().contains("client_id=c-1")).isEqualTo(!method.equals("basic"));
    assertThat(last.body().contains("s3cret")).isEqualTo(method.equals("post"));
  }

  @ParameterizedTest
  @CsvSource({"400, invalid_grant", "401, unauthorized_client", "404, ''", "503, invalid"})
  void forgottenWhenOnlyOneAnswerSaysSoThenNotYet(int status, String error) {
    authorizes(404);
    tokens(status, error);
    assertThat(isForgotten()).isFalse();
    clock.forward(Duration.ofMinutes(14));
    assertThat(isForgotten()).isFalse();
  }

  @Test
  void forgottenWhenItLooksTheSameMuchLaterThenYes() {
    authorizes(400);
    tokens(400, "invalid_grant");
    assertThat(isForgotten()).isFalse();
    clock.forward(Duration.ofMinutes(15));
    assertThat(isForgotten()).isTrue();
  }

  @Test
  void forgottenWhenNobodyIsThereForLongThenStillNot() {
    authorizes(404);
    mcp.on("/token", _ -> new Reply(404, "<h1>not here</h1>", Map.of()));
    assertThat(isForgotten()).isFalse();
    clock.forward(Duration.ofHours(1));
    assertThat(isForgotten()).isFalse();
  }

  @Test
  void forgottenWhenItWasKnownInBetweenThenItBeginsAnew() {
    authorizes(404);
    tokens(400, "invalid_grant");
    assertThat(isForgotten()).isFalse();
    authorizes(200);
    assertThat(isForgotten()).isFalse();
    authorizes(404);
    clock.forward(Duration.ofMinutes(15));
    assertThat(isForgotten()).isFalse();
  }

  @Test
  void forgottenWhenItLooksKnownThenNothingElseIsAsked() {
    authorizes(200);
    tokens(401, "invalid_client");
    assertThat(isForgotten()).isFalse();
    assertThat(mcp.paths()).containsExactly("/authorize");
  }
}
