package dev.sallyport.connections.flow;

import static dev.sallyport.connections.flow.ConnectionWorld.text;
import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.FakeAuthServer;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What may go wrong on the way back, by accident or by somebody's wish: each is refused with its
/// own reason, and nothing is stored.
@ExtendWith(RunningServer.Extension.class)
class ConnectAttacksIT {
  private ConnectionWorld world;

  @BeforeEach
  void open(RunningServer server) {
    world = new ConnectionWorld(server);
    world.signIn();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Map<String, String> begin() {
    return world.agree(world.browser, world.link());
  }

  private HttpResponse<String> callback(String query) {
    return callback(world.browser, query);
  }

  private static HttpResponse<String> callback(HttpBrowser who, String query) {
    return who.get("/oauth/connect/callback?" + query, "Accept", "application/json");
  }

  private void assertRefused(HttpResponse<String> answer, String reason) {
    assertThat(answer.body()).contains("\"" + reason + "\"");
    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(world.link()).isNotEmpty();
    assertThat(world.remote.seen()).isEmpty();
  }

  @Test
  void issWhenOfAnotherServerThenRefusedBeforeTheCodeIsUsed() {
    Map<String, String> asked = begin();
    String query = world.auth.answer(asked).replace(world.auth.issuer(), "https://evil.test");

    assertRefused(callback(query), "connect-iss-mismatch");
    assertThat(world.auth.tokenRequests()).isEmpty();
  }

  @Test
  void issWhenMissingThoughPromisedThenRefused() {
    Map<String, String> asked = begin();
    String query = "code=%s&state=%s".formatted(world.auth.code(asked), asked.get("state"));

    assertRefused(callback(query), "connect-iss-missing");
    assertThat(world.auth.tokenRequests()).isEmpty();
  }

  @Test
  void issWhenWrongInAnErrorThenRefusedAsWell() {
    String query =
        "error=access_denied&state=%s&iss=https://evil.test".formatted(begin().get("state"));

    assertRefused(callback(query), "connect-iss-mismatch");
  }

  @Test
  void codeWhenOfAnotherSignInThenItsVerifierDoesNotFit() {
    String stolen = world.auth.code(begin());
    Map<String, String> mine = begin();

    String query =
        "code=%s&state=%s&iss=%s".formatted(stolen, mine.get("state"), world.auth.issuer());
    assertRefused(callback(query), "connect-code-refused");
  }

  @Test
  void stateWhenReplayedThenGone() {
    Map<String, String> asked = begin();
    Map<String, String> cookies = Map.copyOf(world.browser.cookies());
    String query = world.auth.answer(asked);
    assertThat(callback(world.browser, query).statusCode()).isEqualTo(200);

    assertThat(callback(query).body()).contains("connect-cookie-missing");
    world.browser.cookies().putAll(cookies);
    assertThat(callback(query).body()).contains("connect-expired");
    assertThat(world.auth.tokenRequests()).hasSize(1);
  }

  @Test
  void stateWhenFromAnotherBrowserThenRefusedAndTheFirstMayFinish() {
    Map<String, String> asked = begin();
    try (HttpBrowser other = new HttpBrowser(world.server)) {
      ConnectionWorld.signIn(other, world.idp, world.provider);
      assertRefused(callback(other, world.auth.answer(asked)), "connect-cookie-missing");
    }
    assertThat(callback(world.auth.answer(asked)).statusCode()).isEqualTo(200);
    assertThat(text(world.callTool("read"))).isEqualTo("did read");
  }

  @Test
  void stateWhenOnlyAsLongAsTheCookiesNameThenRefused() {
    Map<String, String> asked = begin();
    String forged = asked.get("state").substring(0, 8) + "A".repeat(35);
    String query =
        "code=%s&state=%s&iss=%s".formatted(world.auth.code(asked), forged, world.auth.issuer());

    assertRefused(callback(query), "connect-state-mismatch");
  }

  @Test
  void cookieWhenInAnotherPersonsBrowserThenNotTheirs() {
    Map<String, String> asked = begin();
    try (FakeIdp idp = FakeIdp.start();
        HttpBrowser other = new HttpBrowser(world.server)) {
      String provider =
          world.created("auth/oidc/providers", idp.provider(Unique.name("Elsewhere")));
      ConnectionWorld.signIn(other, idp, provider);
      world.browser.cookies().forEach(other.cookies()::putIfAbsent);

      assertRefused(callback(other, world.auth.answer(asked)), "not-your-link");
    }
    assertThat(world.auth.tokenRequests()).isEmpty();
  }

  @Test
  void personWhenSignedOutMeanwhileThenRefused() {
    Map<String, String> asked = begin();
    world.browser.post("/auth/logout", "");

    assertRefused(callback(world.auth.answer(asked)), "not-your-link");
  }

  @Test
  void personWhenOnlyTheNameIsTheSameThenRefused() {
    String link = world.link();
    try (FakeIdp idp = FakeIdp.start();
        HttpBrowser other = new HttpBrowser(world.server)) {
      idp.claim("email", world.idp.subject()).claim("preferred_username", world.idp.subject());
      String provider =
          world.created("auth/oidc/providers", idp.provider(Unique.name("Elsewhere")));
      ConnectionWorld.signIn(other, idp, provider);

      assertRefused(other.get(link, "Accept", "application/json"), "not-your-link");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "access_denied, connect-denied",
    "server_error, connect-server-error",
    "%3Cscript%3E, connect-server-error"
  })
  void errorThenItsReasonAndNotTheServersWords(String error, String reason) {
    String query =
        "error=%s&error_description=buy-now&state=%s&iss=%s"
            .formatted(error, begin().get("state"), world.auth.issuer());

    HttpResponse<String> answer = callback(query);

    assertThat(answer.body()).doesNotContain("buy-now", "<script>");
    assertRefused(answer, reason);
  }

  @Test
  void errorThenAPageWithoutScriptForABrowser() {
    String query =
        "error=access_denied&state=%s&iss=%s".formatted(begin().get("state"), world.auth.issuer());

    HttpResponse<String> page = world.callback(world.browser, query);

    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).contains("Not allowed there", "Nothing was stored");
    assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
    assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  @ParameterizedTest
  @CsvSource({"''", "code=x", "state=x", "code=x&code=y&state=z", "code=x&state=y&state=z"})
  void answerWhenIncompleteThenRefused(String query) {
    assertRefused(callback(query), "connect-incomplete");
  }

  @Test
  void tokenEndpointWhenItErrsThenNothingIsStored() {
    Map<String, String> asked = begin();
    world.auth.nextTokenAnswer(200, Map.of("error", "bad_verification_code"));
    assertRefused(callback(world.auth.answer(asked)), "connect-code-refused");

    asked = begin();
    world.auth.nextTokenAnswer(503, Map.of());
    assertRefused(callback(world.auth.answer(asked)), "connect-server-unavailable");
  }

  @Test
  void linkWhenUnknownThenRefused() {
    HttpResponse<String> answer =
        world.browser.get("/oauth/connect/start?link=cl-none", "Accept", "application/json");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("connect-link-unknown");
  }

  @Test
  void consentWhenSentFromAnotherSiteThenRefused() {
    String link = world.link();
    HttpResponse<String> answer =
        world.browser.send(
            "POST",
            "/oauth/connect/start?decision=yes&" + link.substring(link.indexOf('?') + 1),
            "Origin",
            "https://evil.test");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("csrf");
  }

  @Test
  void appWhenNoLongerConnectedMeanwhileThenRefused() {
    Map<String, String> asked = begin();
    String path = "apps/" + world.appId + "/upstream-credential";

    world.rest.put(path, world.rest.get(path).etag(), Map.of("kind", "assertion"));

    assertThat(callback(world.auth.answer(asked)).body()).contains("connect-app-changed");
    assertThat(world.auth.tokenRequests()).isEmpty();
  }

  @Test
  void appWhenPinnedToAnotherServerMeanwhileThenRefused() {
    Map<String, String> asked = begin();
    try (FakeAuthServer other = FakeAuthServer.start()) {
      world.connects(world.appId, Map.of("authorizationServer", other.issuer()));

      assertThat(callback(world.auth.answer(asked)).body()).contains("connect-app-changed");
      assertThat(other.tokenRequests()).isEmpty();
    }
    assertThat(world.auth.tokenRequests()).isEmpty();
  }

  @Test
  void returnToWhenOursThenGoneToWithTheServersName() {
    String link = world.link();
    String form = "decision=yes&return_to=/my-account&" + link.substring(link.indexOf('?') + 1);
    Map<String, String> asked =
        world.auth.asked(ConnectionWorld.where(world.browser.post("/oauth/connect/start", form)));

    HttpResponse<String> answer = callback(world.auth.answer(asked));

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).isEqualTo("/my-account?server=" + world.name);
  }

  @Test
  void returnToWhenForeignThenDroppedAndTheSignInGoesOn() {
    String link = world.link() + "&return_to=https://evil.test/";
    Map<String, String> asked = world.agree(world.browser, link);

    HttpResponse<String> answer = callback(world.auth.answer(asked));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Go back to your agent").doesNotContain("evil");
  }

  /// Its answers don't name their issuer, and its token endpoint is elsewhere.
  private void spread(FakeAuthServer elsewhere) {
    world.auth.says("authorization_response_iss_parameter_supported", false);
    world.auth.says("token_endpoint", elsewhere.issuer() + "/token");
  }

  private String withoutIss(Map<String, String> asked) {
    return "code=%s&state=%s".formatted(world.auth.code(asked), asked.get("state"));
  }

  @Test
  void issWhenMissingAndTheServerIsOfSeveralPlacesThenRefusedBeforeTheCodeIsUsed() {
    try (FakeAuthServer elsewhere = FakeAuthServer.start()) {
      spread(elsewhere);

      Map<String, String> asked = begin();
      assertRefused(world.back(asked, withoutIss(asked)), "connect-server-mixed");
      assertThat(elsewhere.tokenRequests()).isEmpty();
    }
  }

  @Test
  void issWhenMissingAndTheServerIsOfSeveralPlacesThenASecretDoes() {
    world.created(
        "connections/clients",
        Map.of("issuer", world.auth.issuer(), "clientId", "by-hand", "clientSecret", "s3cret"));
    try (FakeAuthServer elsewhere = FakeAuthServer.start()) {
      spread(elsewhere);

      Map<String, String> asked = begin();
      world.back(asked, withoutIss(asked));
      assertThat(elsewhere.tokenRequests()).hasSize(1);
    }
  }

  @Test
  void issWhenMissingAndNotPromisedThenAServerOfOnePlaceDoes() {
    world.auth.says("authorization_response_iss_parameter_supported", false);
    Map<String, String> asked = begin();

    assertThat(world.back(asked, withoutIss(asked)).statusCode()).isEqualTo(200);
    assertThat(text(world.callTool("read"))).isEqualTo("did read");
  }

  @Test
  void addressWhenAnswersNameNobodyThenOneOfTheServersOwn() {
    Map<String, String> named = begin();
    world.auth.says("authorization_response_iss_parameter_supported", false);
    world.connects(world.appId, Map.of("scopes", List.of("tools")));
    Map<String, String> unnamed = begin();

    assertThat(named.get("redirect_uri")).endsWith("/oauth/connect/callback");
    assertThat(unnamed.get("redirect_uri")).matches(".*/oauth/connect/callback/[0-9a-f]{24}");
    assertThat(unnamed.get("client_id")).isNotEqualTo(named.get("client_id"));
    assertThat(world.auth.redirectUris(unnamed.get("client_id")))
        .containsExactly(unnamed.get("redirect_uri"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/0123456789abcdef01234567", "/x", "/%2e%2e/callback"})
  void addressWhenItIsAnotherServersThenRefusedBeforeTheCodeIsUsed(String rest) {
    world.auth.says("authorization_response_iss_parameter_supported", false);
    Map<String, String> asked = begin();
    String path = "/oauth/connect/callback" + rest + "?" + withoutIss(asked);

    assertRefused(world.browser.get(path, "Accept", "application/json"), "connect-iss-mismatch");
    assertThat(world.auth.tokenRequests()).isEmpty();
  }

  @Test
  void addressWhenOfAServerThatNamesNobodyThenNotForOneThatDoes() {
    Map<String, String> asked = begin();
    String path = "/oauth/connect/callback/0123456789abcdef01234567?" + world.auth.answer(asked);

    assertRefused(world.browser.get(path, "Accept", "application/json"), "connect-iss-mismatch");
  }

  @Test
  void personWhenBlockedMeanwhileThenNothingIsStored() {
    Map<String, String> asked = begin();
    world.auth.meanwhile(
        () ->
            world.created(
                "blocks", Map.of("issuer", world.idp.issuer(), "subject", world.idp.subject())));

    assertThat(callback(world.auth.answer(asked)).body()).contains("not-your-link");
    assertThat(connections()).isZero();
  }

  @Test
  void personWhenDeactivatedMeanwhileThenNothingIsStored() {
    Map<String, String> asked = begin();
    String me = ConnectionWorld.json(world.browser.get("/api/v1/auth/me")).at("/id").asString();
    world.auth.meanwhile(() -> world.rest.post("auth/users/" + me + "/deactivate", Map.of()));

    assertThat(callback(world.auth.answer(asked)).body()).contains("not-your-link");
    assertThat(connections()).isZero();
  }

  private long connections() {
    return world
        .rest
        .get("connections?all=true")
        .json()
        .get("items")
        .valueStream()
        .filter(item -> item.toString().contains(world.auth.issuer()))
        .count();
  }
}
