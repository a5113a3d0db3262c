package dev.sallyport.login;

import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The code flow with an identity provider that does right and wrong.
@ExtendWith(RunningServer.Extension.class)
class OidcSignInIT {
  private static final String ME = "/api/v1/auth/me";

  private final FakeIdp idp = FakeIdp.start();
  private RunningServer server;
  private HttpBrowser browser;
  private Rest rest;
  private String provider;

  @BeforeEach
  void provider(RunningServer running) {
    server = running;
    browser = new HttpBrowser(running);
    rest = Rest.admin(running);
    provider = create();
  }

  @AfterEach
  void close() {
    browser.close();
    idp.close();
  }

  private String create(Object... changes) {
    Map<String, Object> input = input(Unique.name("Corp"), changes);
    Rest.Answer made = rest.post("auth/oidc/providers", input);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.at("/id");
  }

  private Map<String, Object> input(String name, Object... changes) {
    Map<String, Object> input = new LinkedHashMap<>(idp.provider(name));
    for (int i = 0; i < changes.length; i += 2) {
      input.put((String) changes[i], changes[i + 1]);
    }
    return input;
  }

  private void change(Object... changes) {
    String path = "auth/oidc/providers/" + provider;
    Rest.Answer now = rest.get(path);
    Rest.Answer changed = rest.put(path, now.etag(), input(now.at("/name"), changes));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
  }

  private void map(String group, String role) {
    var mapping = Map.of("providerId", provider, "group", group, "roleId", role);
    assertThat(rest.post("auth/oidc/group-mappings", mapping).status()).isEqualTo(201);
  }

  private FakeIdp.Asked begin() {
    return begin("");
  }

  private FakeIdp.Asked begin(String more) {
    HttpResponse<String> answer = browser.get("/auth/oidc/login?provider=" + provider + more);
    assertThat(location(answer)).startsWith(idp.issuer() + "/authorize?");
    return idp.asked(location(answer));
  }

  private HttpResponse<String> callback(String query) {
    return browser.get("/auth/oidc/callback?" + query);
  }

  private HttpResponse<String> signIn() {
    return callback(idp.answer(begin()));
  }

  private JsonNode me() {
    HttpResponse<String> answer = browser.get(ME);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonMapper().readTree(answer.body());
  }

  private void assertRefused(HttpResponse<String> answer, String reason) {
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).isEqualTo("/auth/sign-in?reason=" + reason);
    assertThat(browser.get(ME).statusCode()).isEqualTo(401);
  }

  private void assertTokenRefused(Function<TestToken, String> token, String reason) {
    idp.idToken(token);
    assertRefused(signIn(), reason);
  }

  @Test
  void loginWhenBegunThenTheRequestIsWhole() {
    HttpResponse<String> answer = browser.get("/auth/oidc/login?provider=" + provider);

    assertThat(answer.statusCode()).isEqualTo(303);
    Map<String, String> asked = idp.asked(location(answer)).parameters();
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", FakeIdp.CLIENT)
        .containsEntry("scope", "openid profile email")
        .containsEntry("redirect_uri", server.base() + "/auth/oidc/callback")
        .containsEntry("code_challenge_method", "S256");
    assertThat(asked.get("state")).hasSize(43).isNotEqualTo(asked.get("nonce"));
    assertThat(asked.get("nonce")).hasSize(43);
    assertThat(asked.get("code_challenge")).hasSize(43);
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("sallyport_prelogin_" + asked.get("state").substring(0, 8))
        .contains("HttpOnly", "SameSite=Lax", "v1.pl-")
        .doesNotContain(asked.get("state").substring(8))
        .doesNotContain(asked.get("nonce"));
  }

  @Test
  void loginWhenProviderIsUnknownOrOffThenRefused() {
    assertRefused(browser.get("/auth/oidc/login?provider=idp_no"), "sign-in-provider-unknown");
    assertRefused(browser.get("/auth/oidc/login"), "sign-in-provider-unknown");
    change("enabled", false);
    assertRefused(browser.get("/auth/oidc/login?provider=" + provider), "sign-in-provider-unknown");
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void loginWhenTheProviderTurnedWeakThenRefused() {
    idp.says("id_token_signing_alg_values_supported", List.of("HS256", "none"));
    assertRefused(browser.get("/auth/oidc/login?provider=" + provider), "sign-in-algorithms");
  }

  @Test
  void loginWhenBegunInManyTabsThenTheOldestCookiesGiveWay() {
    FakeIdp.Asked first = begin();
    FakeIdp.Asked second = begin();
    for (int i = 0; i < 4; i++) {
      begin();
    }
    assertThat(browser.cookies()).hasSize(5);
    assertRefused(callback(idp.answer(first)), "sign-in-cookie-missing");
    assertThat(location(callback(idp.answer(second)))).isEqualTo("/");
  }

  @Test
  void loginWhenTriedTooOftenThenLimited() {
    String path = "/auth/oidc/login?provider=idp_no";
    HttpResponse<String> answer = browser.get(path, "Accept", "application/json");
    for (int i = 0; i < 60 && answer.statusCode() == 404; i++) {
      answer = browser.get(path, "Accept", "application/json");
    }
    assertThat(answer.statusCode()).isEqualTo(429);
  }

  @Test
  void signInWhenAllIsRightThenSessionAndTheWantedPage() {
    map("eng", "r-viewer");
    idp.claim("groups", List.of("eng", "other")).claim("name", "Ann Example");
    FakeIdp.Asked asked = begin("&return_to=/sessions?app=a");

    HttpResponse<String> answer = callback(idp.answer(asked));

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).isEqualTo("/sessions?app=a");
    assertThat(browser.cookies().keySet()).noneMatch(name -> name.contains("prelogin"));
    JsonNode me = me();
    assertThat(me.at("/kind").asString()).isEqualTo("user");
    assertThat(me.at("/name").asString()).isEqualTo("Ann Example");
    assertThat(me.at("/assignments/0/role").asString()).isEqualTo("r-viewer");
    assertThat(me.at("/assignments/0/source").asString()).isEqualTo("provider:" + provider);
    String secret =
        new String(
            Base64.getDecoder().decode(idp.lastAuthorization().substring("Basic ".length())),
            StandardCharsets.UTF_8);
    assertThat(secret).isEqualTo("sallyport:a+secret+%2B+of+%25+signs");
  }

  @Test
  void signInWhenReturnPathIsForeignThenHome() {
    assertThat(location(callback(idp.answer(begin("&return_to=//evil.example"))))).isEqualTo("/");
  }

  @Test
  void signInWhenAGroupIsGoneThenItsRoleIsToo() {
    map("eng", "r-viewer");
    map("ops", "r-auditor");
    idp.claim("groups", List.of("eng", "ops"));
    signIn();
    assertThat(me().at("/assignments").findValuesAsString("role"))
        .containsExactlyInAnyOrder("r-viewer", "r-auditor");

    idp.claim("groups", List.of("ops"));
    signIn();
    assertThat(me().at("/assignments").findValuesAsString("role")).containsExactly("r-auditor");
  }

  @Test
  void mappingWhenTakenAwayThenItsRoleIsGoneAtOnce() {
    map("eng", "r-viewer");
    idp.claim("groups", List.of("eng"));
    signIn();
    String mapping = rest.get("auth/oidc/group-mappings?providerId=" + provider).at("/items/0/id");

    assertThat(rest.delete("auth/oidc/group-mappings/" + mapping).status()).isEqualTo(204);
    assertThat(me().at("/assignments").isEmpty()).isTrue();
  }

  @Test
  void signInWhenDeactivatedThenRefusedAndReactivatedThenInAgain() {
    signIn();
    String user = "auth/users/" + me().at("/id").asString();
    assertThat(rest.post(user + "/deactivate", "{}").status()).isLessThan(300);
    assertThat(browser.get(ME).statusCode()).isEqualTo(401);
    assertRefused(signIn(), "user-deactivated");

    assertThat(rest.post(user + "/reactivate", "{}").status()).isLessThan(300);
    assertThat(location(signIn())).isEqualTo("/");
  }

  @Test
  void unmappedWhenRefusedThenAuditedOnce() {
    change("selfService", false);
    idp.claim("groups", List.of("strangers"));
    signIn();
    Await.until(
        "the refusal is in the audit",
        () -> audited("auth.oidc_login_failed").contains("sign-in-unmapped-groups"));
    assertThat(audited("auth.oidc_login_unmapped_groups").split("\"event\"", -1)).hasSize(2);
  }

  private String audited(String event) {
    return rest.get("audit?event=" + event + "&resource=" + provider).text();
  }

  @Test
  void secretWhenTheProviderMovesToAnotherIssuerThenMustBeGivenAgain() {
    try (FakeIdp other = FakeIdp.start()) {
      Map<String, Object> moved = input(rest.get("auth/oidc/providers/" + provider).at("/name"));
      moved.put("issuer", other.issuer());
      moved.remove("clientSecret");
      String path = "auth/oidc/providers/" + provider;
      Rest.Answer refused = rest.put(path, rest.get(path).etag(), moved);
      assertThat(refused.fields()).containsExactly("clientSecret");
    }
  }

  @Test
  void signInWhenNoGroupIsMappedThenSelfServiceIfAllowed() {
    idp.claim("groups", List.of("strangers"));
    assertThat(location(signIn())).isEqualTo("/");
    assertThat(me().at("/permissions").isEmpty()).isTrue();
  }

  @Test
  void signInWhenNoGroupIsMappedAndSelfServiceIsOffThenRefused() {
    change("selfService", false);
    idp.claim("groups", List.of("strangers"));
    assertRefused(signIn(), "sign-in-unmapped-groups");
  }

  @Test
  void signInWhenGroupsAreMissingThenSelfServiceIfAllowed() {
    idp.withoutClaim("groups");
    assertThat(location(signIn())).isEqualTo("/");
    assertThat(me().at("/permissions").isEmpty()).isTrue();
  }

  @Test
  void signInWhenGroupsAreMissingAndSelfServiceIsOffThenRefused() {
    change("selfService", false);
    idp.withoutClaim("groups");
    assertRefused(signIn(), "sign-in-groups-missing");
  }

  @Test
  void signInWhenRefusedForLackOfAGroupThenTheRolesAreGone() {
    map("eng", "r-viewer");
    idp.claim("groups", List.of("eng"));
    signIn();
    assertThat(me().at("/assignments").isEmpty()).isFalse();

    change("selfService", false);
    idp.claim("groups", List.of("strangers"));
    assertThat(location(signIn())).isEqualTo("/auth/sign-in?reason=sign-in-unmapped-groups");

    assertThat(me().at("/assignments").isEmpty()).isTrue();
  }

  @Test
  void signInWhenGroupsAreOfTheWrongTypeThenRefused() {
    idp.claim("groups", true);
    assertRefused(signIn(), "sign-in-groups-type");
  }

  @Test
  void signInWhenEmailDomainIsNotAllowedThenRefused() {
    change("allowedEmailDomains", List.of("corp.example"));
    assertRefused(signIn(), "sign-in-email-missing");
    idp.claim("email", "ann@evil.example");
    assertRefused(signIn(), "sign-in-email-domain");
    idp.claim("email", "ann@corp.example").claim("email_verified", false);
    assertRefused(signIn(), "sign-in-email-unverified");
    idp.claim("email_verified", true);
    assertThat(location(signIn())).isEqualTo("/");
  }

  @Test
  void callbackWhenTheAnswerIsUsedTwiceThenRefused() {
    FakeIdp.Asked asked = begin();
    Map<String, String> cookies = Map.copyOf(browser.cookies());
    callback(idp.answer(asked));
    browser.cookies().clear();
    browser.cookies().putAll(cookies);

    assertRefused(callback(idp.answer(asked)), "sign-in-expired");
  }

  @Test
  void callbackWhenAnotherBrowserStartedItThenRefused() {
    String query = idp.answer(begin());
    try (HttpBrowser other = new HttpBrowser(server)) {
      HttpResponse<String> answer = other.get("/auth/oidc/callback?" + query);
      assertThat(location(answer)).endsWith("reason=sign-in-cookie-missing");
      assertThat(other.cookies()).isEmpty();
    }
  }

  @Test
  void callbackWhenTheCookieIsForgedThenRefused() {
    FakeIdp.Asked asked = begin();
    browser.cookies().replaceAll((name, value) -> value.substring(0, value.length() - 2) + "AA");
    assertRefused(callback(idp.answer(asked)), "sign-in-cookie-missing");
  }

  @Test
  void callbackWhenTheCookieIsOfAnotherSignInThenRefused() {
    FakeIdp.Asked first = begin();
    String cookieOfFirst = browser.cookies().keySet().iterator().next();
    browser.cookies().clear();
    begin();
    String valueOfSecond = browser.cookies().values().iterator().next();
    browser.cookies().clear();
    browser.cookies().put(cookieOfFirst, valueOfSecond);

    assertRefused(callback(idp.answer(first)), "sign-in-state-mismatch");
  }

  @Test
  void callbackWhenTheProviderSaysNoThenAskedToTryAgain() {
    FakeIdp.Asked asked = begin();
    assertRefused(
        callback("error=access_denied&state=" + asked.state() + "&iss=" + idp.issuer()),
        "sign-in-denied");
    FakeIdp.Asked again = begin();
    assertRefused(
        callback("error=server_error&state=" + again.state() + "&iss=" + idp.issuer()),
        "sign-in-idp-error");
  }

  @Test
  void callbackWhenCodeOrStateIsMissingThenRefused() {
    assertRefused(callback("state=x"), "sign-in-incomplete");
    assertRefused(callback("code=x"), "sign-in-incomplete");
    assertRefused(callback(""), "sign-in-incomplete");
  }

  @Test
  void callbackWhenAScriptAsksThenProblemWithTheSameCode() {
    HttpResponse<String> answer =
        browser.get("/auth/oidc/callback?code=x&state=y", "Accept", "application/json");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"sign-in-cookie-missing\"");
  }

  @Test
  void callbackWhenTheProviderChangedMeanwhileThenRefused() {
    FakeIdp.Asked asked = begin();
    change("selfService", false);
    assertRefused(callback(idp.answer(asked)), "sign-in-provider-changed");
  }

  @Test
  void callbackWhenIssIsMissingOrAnotherThenRefused() {
    FakeIdp.Asked asked = begin();
    assertRefused(
        callback("code=" + idp.code(asked) + "&state=" + asked.state()), "sign-in-iss-missing");
    FakeIdp.Asked again = begin();
    assertRefused(
        callback("code=%s&state=%s&iss=https://evil.example".formatted("x", again.state())),
        "sign-in-iss-mismatch");
  }

  @Test
  void callbackWhenTheProviderNeverSendsIssThenItsAbsenceIsFineButAnotherIsNot() {
    idp.saysNothingOf("authorization_response_iss_parameter_supported");
    FakeIdp.Asked asked = begin();
    assertRefused(
        callback("code=x&state=%s&iss=https://evil.example".formatted(asked.state())),
        "sign-in-iss-mismatch");
    FakeIdp.Asked again = begin();
    assertThat(location(callback("code=" + idp.code(again) + "&state=" + again.state())))
        .isEqualTo("/");
  }

  @Test
  void callbackWhenTheCodeIsRefusedThenSaysSo() {
    FakeIdp.Asked asked = begin();
    assertRefused(
        callback("code=stolen&state=%s&iss=%s".formatted(asked.state(), idp.issuer())),
        "sign-in-code-refused");
  }

  @Test
  void callbackWhenTheCodeWasIssuedForAnotherVerifierThenRefused() {
    FakeIdp.Asked attackers = begin();
    FakeIdp.Asked victims = begin();
    assertRefused(
        callback(
            "code=%s&state=%s&iss=%s"
                .formatted(idp.code(attackers), victims.state(), idp.issuer())),
        "sign-in-code-refused");
  }

  @Test
  void tokenWhenUnsignedOrSignedWithASharedSecretThenRefused() {
    assertTokenRefused(t -> t.header("alg", "none").withSignature(""), "sign-in-token-algorithm");
    assertTokenRefused(
        t -> t.header("alg", "HS256").withSignature("AAAA"), "sign-in-token-algorithm");
  }

  @Test
  void tokenWhenAnotherKeySignedItThenRefused() {
    assertTokenRefused(t -> t.signedBy("P-256/stranger"), "sign-in-token-signature");
    assertTokenRefused(t -> t.header("kid", "k2").signed(), "sign-in-token-key-unknown");
  }

  @Test
  void tokenWhenIssuerAudienceOrPartyIsAnotherThenRefused() {
    assertTokenRefused(t -> t.with("iss", idp.issuer() + "/").signed(), "sign-in-token-issuer");
    assertTokenRefused(t -> t.with("aud", "other").signed(), "sign-in-token-audience");
    assertTokenRefused(
        t -> t.with("aud", List.of(FakeIdp.CLIENT, "other")).signed(), "sign-in-token-azp");
  }

  @Test
  void tokenWhenNonceHashOrTimesAreWrongThenRefused() {
    assertTokenRefused(t -> t.with("nonce", "another").signed(), "sign-in-token-nonce");
    assertTokenRefused(t -> t.with("at_hash", "AAAA").signed(), "sign-in-token-at-hash");
    assertTokenRefused(t -> t.without("at_hash").signed(), "sign-in-token-at-hash");
    assertTokenRefused(t -> t.with("exp", 1_000).signed(), "sign-in-token-expired");
    assertTokenRefused(t -> t.with("iat", 1_000).signed(), "sign-in-token-time");
    assertTokenRefused(t -> t.without("sub").signed(), "sign-in-token-subject");
  }

  @Test
  void tokenWhenThereIsNoneThenSaysSo() {
    assertTokenRefused(t -> "", "sign-in-id-token-missing");
    assertTokenRefused(t -> "not.a.jwt", "sign-in-token-malformed");
  }

  @Test
  void keyWhenItWasRotatedThenSignInGoesOn() {
    signIn();
    idp.rotateKey();
    idp.idToken(t -> t.header("kid", "k1").signed());
    assertThat(rest.post("auth/oidc/providers/" + provider + "/refresh", "{}").status())
        .isEqualTo(200);
    assertThat(location(signIn())).isEqualTo("/");
  }

  @Test
  void refusalWhenMadeThenAuditedWithItsReason() {
    FakeIdp.Asked asked = begin();
    change("selfService", false);
    callback(idp.answer(asked));

    Await.until(
        "the refusal is in the audit",
        () ->
            rest.get("audit?event=auth.oidc_login_failed")
                .text()
                .contains("sign-in-provider-changed"));
  }

  @Test
  void deleteWhenPeopleAreActiveThenOnlyWithDeactivation() {
    signIn();
    String path = "auth/oidc/providers/" + provider;
    Rest.Answer refused = rest.delete(path, rest.get(path).etag());
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("provider-in-use");

    assertThat(rest.delete(path + "?deactivate=true", rest.get(path).etag()).status())
        .isEqualTo(204);
    assertThat(browser.get(ME).statusCode()).isEqualTo(401);
  }

  @Test
  void pageWhenProvidersAreEnabledThenOffersThem() {
    String label = "Sign in with " + rest.get("auth/oidc/providers/" + provider).at("/name");
    assertThat(browser.get("/auth/sign-in").body()).contains(label);
    change("enabled", false);
    assertThat(browser.get("/auth/sign-in").body()).doesNotContain(label);
  }
}
