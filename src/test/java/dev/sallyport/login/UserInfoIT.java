package dev.sallyport.login;

import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A provider whose ID tokens say nothing of groups, and what its userinfo endpoint adds.
@ExtendWith(RunningServer.Extension.class)
class UserInfoIT {
  private final FakeIdp idp = FakeIdp.start();
  private HttpBrowser browser;
  private Rest rest;
  private String provider;

  @BeforeEach
  void open(RunningServer running) {
    browser = new HttpBrowser(running);
    rest = Rest.admin(running);
    idp.withoutClaim("groups");
  }

  @AfterEach
  void close() {
    browser.close();
    idp.close();
  }

  private void create(boolean userinfoFallback) {
    Map<String, Object> input = new LinkedHashMap<>(idp.provider(Unique.name("Corp")));
    input.put("userinfoFallback", userinfoFallback);
    input.put("selfService", false);
    provider = created("providers", input);
    created("group-mappings", Map.of("providerId", provider, "group", "eng", "roleId", "r-viewer"));
  }

  private String created(String what, Map<String, Object> input) {
    Rest.Answer made = rest.post("auth/oidc/" + what, input);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.at("/id");
  }

  private String signIn() {
    FakeIdp.Asked asked = idp.asked(location(browser.get("/auth/oidc/login?provider=" + provider)));
    return location(browser.get("/auth/oidc/callback?" + idp.answer(asked)));
  }

  private void assertRefused(String reason) {
    assertThat(signIn()).isEqualTo("/auth/sign-in?reason=" + reason);
    assertThat(browser.get("/api/v1/auth/me").statusCode()).isEqualTo(401);
  }

  @Test
  void signInThenItsGroupsCount() {
    create(true);
    idp.userInfo(Map.of("sub", idp.subject(), "groups", List.of("eng")));

    assertThat(signIn()).isEqualTo("/");

    HttpResponse<String> answer = browser.get("/api/v1/auth/me");
    JsonNode me = new JsonMapper().readTree(answer.body());
    assertThat(me.at("/assignments").findValuesAsString("role")).containsExactly("r-viewer");
  }

  @Test
  void signInWhenNotSwitchedOnThenNeverAsked() {
    create(false);
    idp.userInfo(Map.of("sub", idp.subject(), "groups", List.of("eng")));

    assertRefused("sign-in-groups-missing");
  }

  @Test
  void signInWhenItIsAboutAnotherThenRefused() {
    create(true);
    idp.userInfo(Map.of("sub", "somebody-else", "groups", List.of("eng")));

    assertRefused("sign-in-userinfo");
  }

  @Test
  void signInWhenItSaysNothingOfGroupsThenThereAreNone() {
    create(true);
    idp.userInfo(Map.of("sub", idp.subject()));

    assertRefused("sign-in-groups-missing");
  }

  @Test
  void signInWhenItFailsThenRefused() {
    create(true);
    idp.userInfo(500, Map.of("sub", idp.subject(), "groups", List.of("eng")));

    assertRefused("sign-in-userinfo");
  }

  @Test
  void signInWhenItRefusesTheTokenThenRefused() {
    create(true);
    idp.userInfo(401, Map.of("error", "invalid_token"));

    assertRefused("sign-in-userinfo");
  }

  @Test
  void signInWhenTheProviderHasNoneThenRefused() {
    idp.saysNothingOf("userinfo_endpoint");
    create(true);

    assertRefused("sign-in-userinfo");
  }
}
