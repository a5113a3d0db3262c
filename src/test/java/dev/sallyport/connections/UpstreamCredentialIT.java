package dev.sallyport.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.BodyingUpstream;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.ScriptedUpstream;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.TokenServer;
import dev.sallyport.testing.TokenServer.Answer;
import dev.sallyport.testing.demo.DumperApp;
import dev.sallyport.testing.demo.Received;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an app's upstreams get to prove themselves with, as it arrives there.
@ExtendWith(RunningServer.Extension.class)
class UpstreamCredentialIT {
  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private final AtomicInteger count = new AtomicInteger();
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

  private String path() {
    return entrance.appPath() + "/upstream-credential";
  }

  private Rest.Answer put(Map<String, Object> credential) {
    return entrance.rest().put(path(), entrance.rest().get(path()).etag(), credential);
  }

  private void set(Map<String, Object> credential) {
    Rest.Answer answer = put(credential);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private Received call(TestToken token) {
    int before = upstream.received().size();
    HttpResponse<String> answer = get(token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return upstream.awaitReceived(before + 1, Duration.ofSeconds(30)).getLast();
  }

  private HttpResponse<String> get(TestToken token) {
    return client.get(entrance.url() + "/x", token.signed());
  }

  private TokenServer counting() {
    return TokenServer.start(asked -> Answer.token("t-" + count.incrementAndGet(), 300));
  }

  private static Map<String, Object> at(TokenServer server, String kind, Object... more) {
    Map<String, Object> credential = new LinkedHashMap<>();
    credential.put("kind", kind);
    credential.put("tokenEndpoint", server.url() + "/token");
    credential.put("clientId", "gateway");
    credential.put("clientSecret", "s3cret");
    for (int i = 0; i < more.length; i += 2) {
      credential.put((String) more[i], more[i + 1]);
    }
    return credential;
  }

  @Test
  void standardThenTheAssertionAndNoToken() {
    assertThat(entrance.rest().get(path()).at("/kind")).isEqualTo("assertion");

    Received seen = call(entrance.token());

    assertThat(seen.header("Sallyport-Jwt-Assertion")).isPresent();
    assertThat(seen.header("Authorization")).isEmpty();
  }

  @Test
  void noneThenNeitherAssertionNorToken() {
    set(Map.of("kind", "none"));

    Received seen = call(entrance.token());

    assertThat(seen.header("Sallyport-Jwt-Assertion")).isEmpty();
    assertThat(seen.header("Authorization")).isEmpty();
  }

  @Test
  void staticThenTheHeaderArrivesAndTheSecretIsNeverShown() {
    set(Map.of("kind", "static", "header", "X-Api-Key", "value", "k-123"));

    assertThat(call(entrance.token()).header("X-Api-Key")).hasValue("k-123");
    Rest.Answer shown = entrance.rest().get(path());
    assertThat(shown.text()).doesNotContain("k-123");
    assertThat(shown.json().get("hasSecret").asBoolean()).isTrue();
  }

  @Test
  void staticWhenValueIsLeftOutLaterThenTheStoredOneStays() {
    set(Map.of("kind", "static", "header", "X-Api-Key", "value", "k-123"));
    set(Map.of("kind", "static", "header", "X-Other-Key"));

    assertThat(call(entrance.token()).header("X-Other-Key")).hasValue("k-123");
  }

  @Test
  void forwardThenTheCallersTokenItself() {
    set(Map.of("kind", "forward"));
    TestToken token = entrance.token();

    assertThat(call(token).header("Authorization")).hasValue("Bearer " + token.signed());
  }

  @Test
  void changeWhenCallerIsInAlreadyThenActsAtTheNextCall() {
    TestToken token = entrance.token();
    assertThat(call(token).header("Sallyport-Jwt-Assertion")).isPresent();

    set(Map.of("kind", "static", "value", "Basic eA=="));

    assertThat(call(token).header("Authorization")).hasValue("Basic eA==");
  }

  @Test
  void clientCredentialsThenOneTokenForAllCallers() {
    try (TokenServer server = counting()) {
      set(at(server, "client_credentials", "scopes", List.of("a", "b"), "audience", "app"));

      assertThat(call(entrance.token()).header("Authorization")).hasValue("Bearer t-1");
      assertThat(call(entrance.token()).header("Authorization")).hasValue("Bearer t-1");

      assertThat(server.asked()).hasSize(1);
      assertThat(server.asked().getFirst().authorization()).startsWith("Basic ");
      assertThat(server.asked().getFirst().form())
          .containsEntry("grant_type", "client_credentials")
          .containsEntry("scope", "a b")
          .containsEntry("audience", "app");
    }
  }

  @Test
  void exchangeThenEachCallerHasATokenOfTheirOwn() {
    try (TokenServer server = counting()) {
      set(at(server, "exchange", "connectorId", "corp", "resource", "https://app.test/"));
      TestToken alice = entrance.token();

      assertThat(call(alice).header("Authorization")).hasValue("Bearer t-1");
      assertThat(call(alice).header("Authorization")).hasValue("Bearer t-1");
      assertThat(call(entrance.token()).header("Authorization")).hasValue("Bearer t-2");

      assertThat(server.asked().getFirst().form())
          .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
          .containsEntry("subject_token", alice.signed())
          .containsEntry("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
          .containsEntry("connector_id", "corp")
          .containsEntry("resource", "https://app.test/")
          .containsEntry("scope", "openid profile email groups");
    }
  }

  @Test
  void exchangeWhenRefusedThenTheCallerLearnsWhyAndTheUpstreamHearsNothing() {
    try (TokenServer server = TokenServer.start(asked -> Answer.error(400, "invalid_target"))) {
      set(at(server, "exchange"));

      HttpResponse<String> answer = get(entrance.token());

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("upstream-token-refused", "invalid_target");
      assertThat(upstream.received()).isEmpty();
    }
  }

  @Test
  void exchangeWhenErrorComesWithStatus200ThenItIsOne() {
    try (TokenServer server = TokenServer.start(asked -> Answer.error(200, "bad_token"))) {
      set(at(server, "exchange"));
      assertThat(get(entrance.token()).body()).contains("upstream-token-refused", "bad_token");
    }
  }

  @Test
  void exchangeWhenJwtIsOfAnotherIssuerThenRefused() {
    String foreign = entrance.token().signed();
    try (TokenServer server = TokenServer.start(asked -> Answer.token(foreign, 300))) {
      set(at(server, "exchange"));
      assertThat(get(entrance.token()).body()).contains("upstream-token-refused");
    }
  }

  @Test
  void exchangeWhenJwtIsOfTheExpectedIssuerThenSent() {
    String token = entrance.token().signed();
    try (TokenServer server = TokenServer.start(asked -> Answer.token(token, 300))) {
      set(at(server, "exchange", "expectedIssuer", entrance.issuer().iss() + "/"));
      assertThat(call(entrance.token()).header("Authorization")).hasValue("Bearer " + token);
    }
  }

  @Test
  void exchangeWhenEndpointIsDownThenUnavailable() {
    TokenServer server = counting();
    set(at(server, "exchange"));
    server.close();

    HttpResponse<String> answer = get(entrance.token());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("upstream-token-unavailable");
  }

  @Test
  void clearWhenExchangedThenTheNextCallExchangesAgain() {
    try (TokenServer endpoint = counting()) {
      set(at(endpoint, "exchange"));
      TestToken token = entrance.token();
      call(token);
      String app = entrance.appPath().replace("apps/", "");
      assertThat(entrance.rest().delete("connections/exchange-cache?app=" + app).status())
          .isEqualTo(204);
      assertThat(call(token).header("Authorization")).hasValue("Bearer t-2");
      assertThat(entrance.rest().get("connections/exchange-cache").json().get("capacity").asInt())
          .isEqualTo(10_000);
    }
  }

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

  @Test
  void exchangeWhenItsTokenEndsThenItLeavesTheCache() {
    try (TokenServer server = TokenServer.start(asked -> Answer.token("t", 32))) {
      set(at(server, "exchange"));
      int before = entries();
      call(entrance.token());

      Await.until("the entry to be gone", () -> entries() <= before);
    }
  }

  private int entries() {
    return entrance.rest().get("connections/exchange-cache").json().get("entries").asInt();
  }

  @Test
  void putWhenFieldsAreWrongThenEachIsNamed() {
    assertThat(put(Map.of("kind", "magic")).fields()).containsExactly("kind");
    assertThat(put(Map.of("kind", "static", "header", "Cookie")).fields())
        .containsExactlyInAnyOrder("header", "value");
    assertThat(put(Map.of("kind", "exchange", "tokenEndpoint", "x")).fields())
        .containsExactlyInAnyOrder("tokenEndpoint", "clientId", "clientSecret");
    try (TokenServer server = counting()) {
      assertThat(put(at(server, "exchange", "subjectTokenType", "id token")).fields())
          .containsExactly("subjectTokenType");
    }
  }

  @Test
  void putWhenRevisionIsOldThenRefused() {
    assertThat(entrance.rest().put(path(), "\"7\"", Map.of("kind", "none")).status())
        .isEqualTo(412);
  }

  @Test
  void putWhenAnUpstreamIsOfAnotherOriginThenRefused() {
    Map<String, Object> elsewhere = Map.of("name", "b", "url", "https://elsewhere.test/");
    assertThat(
            entrance
                .changeApp(
                    Map.of(
                        "upstreamHosts",
                        List.of("elsewhere.test"),
                        "upstreams",
                        List.of(Map.of("name", "a", "url", upstream.url() + "/"), elsewhere)))
                .status())
        .isEqualTo(200);

    Rest.Answer answer = put(Map.of("kind", "static", "value", "k"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("own origin");
    assertThat(put(Map.of("kind", "none")).status()).isEqualTo(200);
  }

  @Test
  void putWhenTheEndpointMovesThenTheSecretMustBeGivenAgain() {
    try (TokenServer first = counting();
        TokenServer second = counting()) {
      set(at(first, "client_credentials"));
      Map<String, Object> moved = at(second, "client_credentials");
      moved.remove("clientSecret");

      assertThat(put(moved).fields()).containsExactly("clientSecret");

      Map<String, Object> kept = at(first, "client_credentials", "scopes", List.of("more"));
      kept.remove("clientSecret");
      assertThat(put(kept).status()).isEqualTo(200);
      assertThat(second.asked()).isEmpty();
    }
  }

  @Test
  void appWhenItMovesThenItsCredentialStaysBehind() {
    set(Map.of("kind", "static", "header", "X-Api-Key", "value", "k-123"));
    try (DumperApp elsewhere = DumperApp.start(0)) {
      assertThat(entrance.changeApp(Map.of("uri", elsewhere.url() + "/")).status()).isEqualTo(200);

      assertThat(get(entrance.token()).statusCode()).isEqualTo(502);
      assertThat(elsewhere.received()).isEmpty();
      assertThat(put(Map.of("kind", "static", "header", "X-Api-Key")).fields())
          .containsExactly("value");
    }
  }

  @Test
  void staticWhenClientSendsTheHeaderWithUnderscoresThenItDoesNotArrive() {
    set(Map.of("kind", "static", "header", "X-Api-Key", "value", "k-123"));

    client.get(entrance.url() + "/x", entrance.token().signed(), "X_Api_Key", "forged");

    Received seen = upstream.awaitReceived(1, Duration.ofSeconds(30)).getLast();
    assertThat(seen.header("X-Api-Key")).hasValue("k-123");
    assertThat(seen.header("X_Api_Key")).isEmpty();
  }

  @Test
  void putWhenUpstreamIsPlainHttpOffLoopbackThenOnlyOnPurpose(RunningServer server) {
    Entrance plain = Entrance.to(server, "http://192.0.2.7/");
    String credential = plain.appPath() + "/upstream-credential";
    String tag = plain.rest().get(credential).etag();
    Map<String, Object> wanted = new LinkedHashMap<>(Map.of("kind", "static", "value", "k"));

    assertThat(plain.rest().put(credential, tag, wanted).text()).contains("allowPlainHttp");
    wanted.put("allowPlainHttp", true);
    assertThat(plain.rest().put(credential, tag, wanted).status()).isEqualTo(200);
    Map<String, Object> forward = Map.of("kind", "forward", "allowPlainHttp", true);
    String next = plain.rest().get(credential).etag();
    assertThat(plain.rest().put(credential, next, forward).text()).contains("plain http");
  }
}
