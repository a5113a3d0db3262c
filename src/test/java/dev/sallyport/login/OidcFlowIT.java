package dev.sallyport.login;

import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.HttpBrowser;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The way to the identity provider and back: what is asked, and which answers count.
class OidcFlowIT extends OidcSignIn {
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
    for (int i = 0; i < 1_000 && answer.statusCode() == 404; i++) {
      answer = browser.get(path, "Accept", "application/json");
    }
    assertThat(answer.statusCode()).isEqualTo(429);
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
  void pageWhenProvidersAreEnabledThenOffersThem() {
    String label = "Sign in with " + rest.get("auth/oidc/providers/" + provider).at("/name");
    assertThat(browser.get("/auth/sign-in").body()).contains(label);
    change("enabled", false);
    assertThat(browser.get("/auth/sign-in").body()).doesNotContain(label);
  }
}
