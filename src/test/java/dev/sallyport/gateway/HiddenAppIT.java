package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.DeadPort;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestIssuer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.demo.DumperApp;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/// A hidden app answers like one that is not there, to whoever holds no token that its issuer
/// signed for it, whatever they send.
@ExtendWith(RunningServer.Extension.class)
class HiddenAppIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PAGE = "https://page.example";

  private static DumperApp upstream;
  private static GatewayClient client;
  private static Entrance hidden;
  private static String unknown;

  @BeforeAll
  static void open(RunningServer server) {
    upstream = DumperApp.start(0);
    client = new GatewayClient();
    hidden =
        Entrance.of(
            server,
            Map.of(
                "uri",
                "mcp+" + upstream.url(),
                "discoverable",
                false,
                "allowedOrigins",
                List.of(PAGE)),
            Map.of());
    unknown = server.base() + "/mcp/apps/" + Unique.name("nobody");
  }

  @AfterAll
  static void close() {
    client.close();
    upstream.close();
  }

  private record Request(String method, String body, String... headers) {}

  @TestFactory
  Stream<DynamicTest> callWhenNothingIsProvenThenLooksLikeNone(RunningServer server) {
    return requests(server).entrySet().stream()
        .map(
            request ->
                DynamicTest.dynamicTest(
                    request.getKey(), () -> looksLikeNone(hidden.url(), request.getValue())));
  }

  private static Map<String, Request> requests(RunningServer server) {
    String bearer = "Bearer made-up";
    Map<String, Request> requests = new LinkedHashMap<>();
    requests.put("tokenless", new Request("POST", "{}"));
    requests.put("other scheme", new Request("POST", "{}", "Authorization", "Basic eDp5"));
    requests.put("empty token", new Request("POST", "{}", "Authorization", "Bearer "));
    requests.put(
        "two tokens", new Request("POST", "{}", "Authorization", bearer, "Authorization", bearer));
    for (String method : List.of("PUT", "OPTIONS", "post")) {
      requests.put(method, new Request(method, ""));
      requests.put(method + " with token", new Request(method, "", "Authorization", bearer));
      requests.put(
          method + " with other scheme", new Request(method, "", "Authorization", "Basic eDp5"));
    }
    requests.put("body of a GET", new Request("GET", "{}", "Authorization", bearer));
    requests.put(
        "navigation",
        new Request("GET", "", "Authorization", bearer, "Sec-Fetch-Mode", "navigate"));
    requests.put("page of its own", new Request("POST", "{}", "Origin", PAGE));
    requests.put(
        "our page with token",
        new Request("POST", "{}", "Authorization", bearer, "Origin", server.base()));
    String spelled = server.base().replace("http", "HTTP");
    requests.put(
        "our page, spelled its own way",
        new Request("POST", "{}", "Authorization", bearer, "Origin", spelled));
    requests.put(
        "preflight of our page, spelled its own way",
        new Request("OPTIONS", "", "Origin", spelled, "Access-Control-Request-Method", "POST"));
    tokens()
        .forEach(
            (name, token) ->
                requests.put(name, new Request("POST", "{}", "Authorization", "Bearer " + token)));
    return requests;
  }

  private static Map<String, String> tokens() {
    var stranger = TestIssuer.create().pair();
    TestToken good = hidden.token();
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("malformed", "a.b.c");
    tokens.put("too large", good.with("x", "y".repeat(17_000)).signed());
    tokens.put("unknown issuer", good.with("iss", "https://elsewhere.example").signed());
    tokens.put("other audience", good.with("aud", "someone-else").signed());
    tokens.put("unknown key", good.header("kid", "k9").signed());
    tokens.put("signature of another", good.signedBy(stranger));
    tokens.put("expired, of another", expired(good).signedBy(stranger));
    tokens.put("without exp, of another", good.without("exp").signedBy(stranger));
    tokens.put("without iat, of another", good.without("iat").signedBy(stranger));
    return tokens;
  }

  private static TestToken expired(TestToken token) {
    return token.with("exp", Instant.now().getEpochSecond() - 120);
  }

  private static void looksLikeNone(String url, Request request) {
    String expected = shown(send(unknown, request));

    assertThat(expected).startsWith("40").contains("content-type");
    assertThat(shown(send(url, request))).isEqualTo(expected);
  }

  @Test
  void callWhenThereIsNoConfigThenLooksLikeNone(RunningServer server) {
    var app = Map.of("name", Unique.name("closed"), "uri", "mcp+" + upstream.url());
    String closed = Rest.admin(server).post("apps", app).at("/url");

    looksLikeNone(closed, new Request("POST", "{}"));
    looksLikeNone(closed, new Request("PUT", ""));
    looksLikeNone(closed, new Request("POST", "{}", "Authorization", "Bearer made-up"));
  }

  @Test
  void callWhenKeysAreUnavailableThenLooksLikeNone(RunningServer server) {
    try (DeadPort gone = DeadPort.open()) {
      String iss = gone.url() + Unique.name("idp");
      Map<String, String> jwt =
          Map.of("issuer", iss, "audience", Entrance.AUDIENCE, "jwksUrl", gone.url() + "jwks");
      Entrance keyless =
          Entrance.of(
              server,
              Map.of("uri", "mcp+" + upstream.url(), "discoverable", false),
              Map.of("jwt", jwt));
      String token = keyless.token().with("iss", iss).signed();

      looksLikeNone(keyless.url(), new Request("POST", "{}", "Authorization", "Bearer " + token));
      keyless.changeApp(Map.of("discoverable", true));
      assertThat(client.post(keyless.url(), token, "{}").body())
          .contains("issuer-keys-unavailable");
    }
  }

  @Test
  void callWhenTokenIsTheIssuersThenToldWhatIsWrong() {
    TestToken good = hidden.token();

    assertThat(client.post(hidden.url(), good.signed(), "{}").statusCode()).isEqualTo(200);
    assertThat(code(expired(good))).isEqualTo("token-expired");
    assertThat(code(good.without("exp"))).isEqualTo("token-exp-missing");
    assertThat(code(good.without("iat"))).isEqualTo("token-iat-missing");
    assertThat(code(good.without("sub"))).isEqualTo("token-subject");
  }

  private static String code(TestToken token) {
    String body = client.post(hidden.url(), token.signed(), "{}").body();
    return JSON.readTree(body).get("code").asString();
  }

  @Test
  void callWhenMadeUpTokensFloodThenLimitedAlikeAndLiveTokensPass() {
    String live = hidden.token().signed();
    Request madeUp = new Request("POST", "{}", "Authorization", "Bearer a.b.c");
    try (GatewayClient flood = new GatewayClient()) {
      assertThat(flood.post(hidden.url(), live, "{}").statusCode()).isEqualTo(200);

      String limited = flooded(flood, unknown, madeUp);
      assertThat(limited).startsWith("429").contains("retry-after");
      assertThat(flooded(flood, hidden.url(), madeUp)).isEqualTo(limited);
      assertThat(flood.post(hidden.url(), live, "{}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void tokenWhenAnUnknownAppWasAskedTooOftenThenStillEntersAnother(RunningServer server) {
    Entrance shown = Entrance.to(server, "mcp+" + upstream.url());
    try (GatewayClient busy = new GatewayClient()) {
      var madeUp = new Request("POST", "{}", "Authorization", "Bearer made-up");
      assertThat(flooded(busy, unknown, madeUp)).startsWith("429");

      assertThat(busy.post(shown.url(), shown.token().signed(), "{}").statusCode()).isEqualTo(200);
    }
  }

  private static String flooded(GatewayClient from, String url, Request request) {
    HttpResponse<String> last = send(from, url, request);
    for (int i = 0; i < 1_000 && last.statusCode() == 404; i++) {
      last = send(from, url, request);
    }
    return shown(last);
  }

  @Test
  void preflightWhenPageIsAllowedThenAnswered() {
    HttpResponse<String> answer =
        client.send(
            "OPTIONS",
            hidden.url(),
            BodyPublishers.noBody(),
            "Origin",
            PAGE,
            "Access-Control-Request-Method",
            "POST");

    assertThat(answer.statusCode()).isEqualTo(204);
  }

  /// From a new address: refused tokens of one address are counted.
  private static HttpResponse<String> send(String url, Request request) {
    try (GatewayClient elsewhere = new GatewayClient()) {
      return send(elsewhere, url, request);
    }
  }

  private static HttpResponse<String> send(GatewayClient from, String url, Request request) {
    return from.send(
        request.method(), url, BodyPublishers.ofString(request.body()), request.headers());
  }

  /// All that a caller sees but what is each answer's own.
  private static String shown(HttpResponse<String> answer) {
    var headers = new TreeSet<>(answer.headers().map().keySet());
    String body = answer.body().replaceFirst("\"requestId\":\"[^\"]+\"", "");
    return answer.statusCode() + " " + body + headers;
  }
}
