package dev.sallyport.connections.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.connections.clients.ClientKind;
import dev.sallyport.connections.clients.OAuthClient;
import dev.sallyport.connections.grants.TokenAnswer.Granted;
import dev.sallyport.connections.grants.TokenAnswer.Loss;
import dev.sallyport.connections.grants.TokenAnswer.Refused;
import dev.sallyport.connections.grants.TokenAnswer.Unreachable;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.crypto.Secret;
import dev.sallyport.http.OutboundFixture;
import dev.sallyport.testing.DeadPort;
import dev.sallyport.testing.TokenServer;
import dev.sallyport.testing.TokenServer.Answer;
import dev.sallyport.testing.TokenServer.Asked;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCallsTest {
  private static final Secret VERIFIER = new Secret("v".repeat(43));

  private final TokenCalls calls = new TokenCalls();
  private @Nullable TokenServer server;

  TokenCallsTest() {
    calls.http = OutboundFixture.toLoopback();
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private static AuthorizationServer at(String url) {
    return new AuthorizationServer(
        url,
        URI.create(url + "/authorize"),
        URI.create(url + "/token"),
        null,
        null,
        Set.of(),
        Set.of(),
        true,
        false);
  }

  private static OAuthClient client(String authMethod) {
    return new OAuthClient(
        "ocl_1",
        "i",
        ClientKind.PRE_REGISTERED,
        "gate way",
        new Secret("s+c&t"),
        authMethod,
        "https://gate.example/oauth/connect/callback");
  }

  private TokenAnswer exchange(String authMethod, Function<Asked, Answer> script) {
    server = TokenServer.start(script);
    return calls.exchange(
        at(server.url()),
        client(authMethod),
        new CodeExchange(
            new Secret("c0de"),
            VERIFIER,
            URI.create("https://gate.example/oauth/connect/callback"),
            "https://wiki.example/mcp"));
  }

  private TokenAnswer answered(int status, String json) {
    return exchange("none", asked -> new Answer(status, json));
  }

  private Asked asked() {
    return server.asked().getFirst();
  }

  @Test
  void exchangeThenTheFiveFieldsAndTheResource() {
    exchange("none", asked -> GrantFixture.rotated(1));
    assertThat(asked().form())
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("code", "c0de")
        .containsEntry("redirect_uri", "https://gate.example/oauth/connect/callback")
        .containsEntry("client_id", "gate way")
        .containsEntry("code_verifier", VERIFIER.reveal())
        .containsEntry("resource", "https://wiki.example/mcp")
        .doesNotContainKey("client_secret");
    assertThat(asked().authorization()).isEmpty();
  }

  // RFC 6749 section 2.3.1: both parts are form-encoded before they become Basic.
  @Test
  void exchangeWhenByBasicThenEncoded() {
    exchange("basic", asked -> GrantFixture.rotated(1));
    String credentials = asked().authorization().substring("Basic ".length());
    assertThat(new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8))
        .isEqualTo("gate+way:s%2Bc%26t");
  }

  @Test
  void exchangeWhenByPostThenInTheForm() {
    exchange("post", asked -> GrantFixture.rotated(1));
    assertThat(asked().form())
        .containsEntry("client_id", "gate way")
        .containsEntry("client_secret", "s+c&t");
    assertThat(asked().authorization()).isEmpty();
  }

  @Test
  void answerWhenFullThenAllOfIt() {
    assertThat(
            answered(
                200,
                """
                {"access_token":"a","token_type":"bearer","expires_in":60,"refresh_token":"r",
                 "id_token":"i","scope":"read write"}"""))
        .isEqualTo(
            new Granted(
                new Tokens(
                    new Secret("a"),
                    new Secret("r"),
                    new Secret("i"),
                    Duration.ofSeconds(60),
                    Set.of("read", "write"))));
  }

  @Test
  void answerWhenSparseThenTheRestIsAbsent() {
    assertThat(answered(200, "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}"))
        .isEqualTo(new Granted(new Tokens(new Secret("a"), null, null, null, null)));
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_grant, invalid_grant",
    "401, invalid_client, invalid_client",
    "200, bad_verification_code, bad_verification_code",
    "400, <b>, unreadable_error"
  })
  void answerWhenAnErrorThenItsCode(int status, String sent, String code) {
    assertThat(answered(status, "{\"error\":\"" + sent + "\"}")).isEqualTo(new Refused(code));
  }

  @Test
  void answerWhenOfAnotherTokenTypeThenRefused() {
    assertThat(answered(200, "{\"access_token\":\"a\",\"token_type\":\"DPoP\"}"))
        .isEqualTo(new Refused("unsupported_token_type"));
  }

  @ParameterizedTest
  @CsvSource({"500, {}", "503, down", "429, {}", "200, nothing", "200, {}", "404, page"})
  void answerWhenNoneThenUnreachableAndNothingOfItShown(int status, String body) {
    assertThat(answered(status, body))
        .isInstanceOfSatisfying(
            Unreachable.class,
            no -> {
              assertThat(no.loss()).isEqualTo(Loss.NO_ANSWER);
              assertThat(no.detail()).contains(String.valueOf(status)).doesNotContain("nothing{");
            });
  }

  @Test
  void answerWhenCutThenItMayHaveWorked() {
    TokenAnswer answer =
        exchange(
            "none",
            asked -> {
              throw new IllegalStateException("cut");
            });
    assertThat(answer)
        .isInstanceOfSatisfying(
            Unreachable.class, no -> assertThat(no.loss()).isEqualTo(Loss.BROKEN_OFF));
  }

  @Test
  void answerWhenNobodyListensThenItWasNeverSent() {
    try (DeadPort dead = DeadPort.open()) {
      TokenAnswer answer = calls.refresh(at(dead.url()), client("none"), new Secret("r"), "urn:r");
      assertThat(answer)
          .isInstanceOfSatisfying(
              Unreachable.class, no -> assertThat(no.loss()).isEqualTo(Loss.NEVER_SENT));
    }
  }
}
