package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestIssuer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.demo.DumperApp;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Each way in which a token is not good enough: the stable code, never the token or what is
/// configured, and nothing reaches the upstream.
@ExtendWith(RunningServer.Extension.class)
class RefusedTokenIT {
  private static final JsonMapper JSON = new JsonMapper();

  private static DumperApp upstream;
  private static GatewayClient client;
  private static Entrance entrance;

  @BeforeAll
  static void open(RunningServer server) {
    upstream = DumperApp.start(0);
    client = new GatewayClient();
    entrance =
        Entrance.of(
            server,
            Map.of("uri", "mcp+" + upstream.url() + "/mcp"),
            Map.of(
                "requiredScopes",
                List.of("mcp"),
                "allow",
                List.of(Map.of("claim", "groups", "anyOf", List.of("eng-*")))));
  }

  @AfterAll
  static void close() {
    client.close();
    upstream.close();
  }

  private static TestToken good() {
    return entrance.token().with("scope", "openid mcp").with("groups", List.of("eng-core"));
  }

  @Test
  void callWhenAllRulesAreMetThenAccepted() {
    assertThat(client.post(entrance.url(), good().signed(), "{}").statusCode()).isEqualTo(200);
  }

  @TestFactory
  Stream<DynamicTest> callWhenTokenIsNotGoodThenRefusedWithItsCode() {
    return refusals().entrySet().stream()
        .map(
            refusal ->
                DynamicTest.dynamicTest(
                    refusal.getKey(),
                    () -> refuses(refusal.getValue(), refusal.getKey().split(" ")[0])));
  }

  private static Map<String, String> refusals() {
    long now = Instant.now().getEpochSecond();
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("token-malformed, not a JWT", "not.a.jwt");
    tokens.put("token-malformed, two parts", "e30.e30");
    tokens.put("token-too-large", good().with("x", "y".repeat(17_000)).signed());
    tokens.put("token-expired", good().with("exp", now - 120).signed());
    tokens.put("token-exp-missing", good().without("exp").signed());
    tokens.put("token-exp-missing, a text", good().with("exp", "tomorrow").signed());
    tokens.put("token-too-old", good().with("iat", now - 3_600).signed());
    tokens.put("token-not-yet-valid", good().with("nbf", now + 300).signed());
    tokens.put("token-from-future", good().with("iat", now + 300).signed());
    tokens.put("token-iat-missing", good().without("iat").signed());
    tokens.put("token-audience", good().with("aud", "someone-else").signed());
    tokens.put("token-audience, none", good().without("aud").signed());
    tokens.put(
        "token-issuer-unknown, by a slash",
        good().with("iss", entrance.issuer().iss() + "/").signed());
    tokens.put("token-signature, other key", good().signedBy(TestIssuer.create().pair()));
    tokens.put("token-malformed, empty signature", good().withSignature(""));
    tokens.put("token-key-unknown", good().header("kid", "k9").signed());
    tokens.put("token-algorithm, none", good().header("alg", "none").signed());
    tokens.put("token-algorithm, HS256", good().header("alg", "HS256").signed());
    tokens.put("token-type, header", good().header("typ", "dpop+jwt").signed());
    tokens.put("token-type, ID token", good().with("typ", "ID").signed());
    tokens.put("token-type, nonce", good().with("nonce", "n").signed());
    tokens.put("token-sender-constrained", good().with("cnf", Map.of("jkt", "x")).signed());
    tokens.put("token-subject, none", good().without("sub").signed());
    tokens.put("token-subject, a number", good().with("sub", 7).signed());
    tokens.put("token-email-unverified", good().with("email_verified", false).signed());
    return tokens;
  }

  private static void refuses(String token, String code) {
    int before = upstream.received().size();

    HttpResponse<String> answer = postFromElsewhere(token);

    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.get("code").asString()).isEqualTo(code.replace(",", ""));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("Bearer error=\"invalid_token\", error_description=\"")
        .contains("resource_metadata=");
    assertThat(answer.body() + answer.headers().map())
        .doesNotContain(token, Entrance.AUDIENCE, "eng-");
    assertThat(upstream.received()).hasSize(before);
  }

  /// From a new address: refused tokens of one address are counted.
  private static HttpResponse<String> postFromElsewhere(String token) {
    try (GatewayClient elsewhere = new GatewayClient()) {
      return elsewhere.post(entrance.url(), token, "{}");
    }
  }

  @Test
  void callWhenScopeIsMissingThenToldWhichOne() {
    String token = good().with("scope", "openid").signed();

    HttpResponse<String> answer = client.post(entrance.url(), token, "{}");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("error=\"insufficient_scope\"", "scope=\"mcp\"");
    assertThat(JSON.readTree(answer.body()).get("code").asString()).isEqualTo("insufficient-scope");
  }

  @Test
  void callWhenNoRuleLetsInThenNotAllowedAndNoRuleIsTold() {
    String token = good().with("groups", List.of("sales")).signed();

    HttpResponse<String> answer = client.post(entrance.url(), token, "{}");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(JSON.readTree(answer.body()).get("code").asString()).isEqualTo("not-allowed");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    assertThat(answer.body()).doesNotContain("eng-");
  }

  @Test
  void callWhenThereAreTwoAuthorizationHeadersThenBadRequest(RunningServer server)
      throws IOException {
    String bearer = "Authorization: Bearer " + good().signed();

    String answer =
        RawCall.exchange(
            server,
            "GET /mcp/apps/" + entrance.name() + " HTTP/1.1",
            "Host: " + RawCall.host(server),
            bearer,
            bearer);

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("bad-request");
  }

  @Test
  void callWhenRefusedTokensFloodThenLimitedButLiveTokensPass() {
    try (GatewayClient flood = new GatewayClient()) {
      String live = good().signed();
      String url = entrance.url();
      assertThat(flood.post(url, live, "{}").statusCode()).isEqualTo(200);
      HttpResponse<String> last = flood.post(url, "a.b.c", "{}");
      for (int i = 0; i < 1_000 && last.statusCode() == 401; i++) {
        last = flood.post(url, "a.b.c", "{}");
      }

      assertThat(last.statusCode()).isEqualTo(429);
      assertThat(last.headers().firstValue("Retry-After")).isPresent();
      assertThat(flood.post(url, live, "{}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void callWhenOtherSchemeThenAsWithoutToken() {
    HttpResponse<String> answer =
        client.send(
            "POST", entrance.url(), BodyPublishers.ofString("{}"), "Authorization", "Basic YTpi");

    assertThat(JSON.readTree(answer.body()).get("code").asString()).isEqualTo("token-missing");
  }
}
