package dev.sallyport.login;

import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Who comes out of a sign-in, and with which roles.
class OidcPersonIT extends OidcSignIn {
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
  void signInAgainThenTheSameUserIsBroughtUpToDate() {
    idp.claim("name", "Ann Example").claim("email", "ann@corp.example");
    signIn();
    Rest.Answer first = user();
    idp.claim("name", "Ann Other").claim("email", "ann@other.example");
    signIn();

    assertThat(user().at("/id")).isEqualTo(first.at("/id"));
    assertThat(user().at("/displayName")).isEqualTo("Ann Other");
    assertThat(user().at("/email")).isEqualTo("ann@other.example");
    assertThat(user().at("/createdAt")).isEqualTo(first.at("/createdAt"));
    assertThat(user().at("/lastSignInAt")).isGreaterThan(first.at("/lastSignInAt"));
  }

  @Test
  void displayNameWhenTheNameIsAbsentThenTheNextBest() {
    signIn();
    assertThat(user().at("/displayName")).isEqualTo(idp.subject());
    idp.claim("email", "ann@corp.example");
    signIn();
    assertThat(user().at("/displayName")).isEqualTo("ann@corp.example");
    idp.claim("preferred_username", "ann");
    signIn();
    assertThat(user().at("/displayName")).isEqualTo("ann");
  }

  @Test
  void signInWhenTheIssuerNamesPeopleByAnotherClaimThenThatIsThePerson() {
    String issuer = issuer();
    Map<String, Object> keys = Map.of("issuer", idp.issuer(), "jwksUrl", idp.issuer() + "/jwks");
    assertThat(rest.change(issuer, keys, Map.of("subjectClaim", "oid")).status()).isEqualTo(200);
    assertRefused(signIn(), "sign-in-token-subject");

    String oid = Unique.name("oid");
    idp.claim("oid", oid);
    signIn();
    assertThat(user().at("/subject")).isEqualTo(oid);
    assertThat(rest.get("auth/users?text=" + idp.subject()).at("/total")).isEqualTo("0");
  }

  private Rest.Answer user() {
    return rest.get("auth/users/" + me().at("/id").asString());
  }

  private String issuer() {
    return rest.get("issuers")
        .json()
        .get("items")
        .valueStream()
        .filter(issuer -> issuer.get("issuer").asString().equals(idp.issuer()))
        .map(issuer -> "issuers/" + issuer.get("id").asString())
        .findFirst()
        .orElseThrow();
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
}
