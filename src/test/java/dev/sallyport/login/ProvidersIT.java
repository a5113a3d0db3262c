package dev.sallyport.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.TestIssuer;
import dev.sallyport.testing.Unique;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// `/auth/oidc/providers` from outside.
@ExtendWith(RunningServer.Extension.class)
class ProvidersIT {
  private static final String PATH = "auth/oidc/providers";

  private final FakeIdp idp = FakeIdp.start();
  private final String name = Unique.name("Corp");
  private RunningServer server;
  private Rest rest;

  @BeforeEach
  void admin(RunningServer running) {
    server = running;
    rest = Rest.admin(running);
  }

  @AfterEach
  void close() {
    idp.close();
  }

  private Map<String, Object> input(Object... changes) {
    Map<String, Object> input = new LinkedHashMap<>(idp.provider(name));
    for (int i = 0; i < changes.length; i += 2) {
      input.put((String) changes[i], changes[i + 1]);
    }
    return input;
  }

  private String created(Object... changes) {
    Rest.Answer made = rest.post(PATH, input(changes));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.at("/id");
  }

  @Test
  void createWhenValidThenWholeProviderComesBackWithoutItsSecret() {
    Rest.Answer made = rest.post(PATH, input());

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.text()).doesNotContain(FakeIdp.SECRET).doesNotContain("ecret\"");
    assertThat(
            made.shape()
                .replace(name, "NAME")
                .replace(idp.issuer(), "ISSUER")
                .replace(server.base(), "BASE"))
        .isEqualToIgnoringWhitespace(
            """
            {
              "id" : "idp_ID",
              "name" : "NAME",
              "issuerId" : "iss_ID",
              "issuer" : "ISSUER",
              "clientId" : "sallyport",
              "scopes" : [ "openid", "profile", "email" ],
              "groupsClaim" : "groups",
              "userinfoFallback" : false,
              "allowedEmailDomains" : [ ],
              "iatWindowSeconds" : 300,
              "requireAtHash" : true,
              "logoutClients" : [ ],
              "logoutEnds" : "session",
              "endConnectionsOnLogout" : false,
              "selfService" : true,
              "enabled" : true,
              "redirectUri" : "BASE/auth/oidc/callback",
              "backchannelLogoutUri" : "BASE/auth/oidc/back-channel-logout",
              "revision" : 0,
              "createdAt" : "TIME",
              "updatedAt" : "TIME"
            }
            """);
    Rest.Answer read = rest.get(PATH + "/" + made.at("/id"));
    assertThat(read.json()).isEqualTo(made.json());
    assertThat(read.etag()).isEqualTo(made.etag());
    assertThat(rest.get(PATH).json().findValuesAsString("name")).contains(name);
  }

  @Test
  void createWhenItEndsConnectionsThenItSaysSo() {
    Map<String, Object> input = new LinkedHashMap<>(input());
    input.put("endConnectionsOnLogout", true);
    assertThat(rest.post(PATH, input).at("/endConnectionsOnLogout")).isEqualTo("true");
  }

  @Test
  void createWhenStoredThenTheSecretIsEncryptedAndTheKeysComeFromDiscovery() throws SQLException {
    Rest.Answer issuer = rest.get("issuers/" + rest.post(PATH, input()).at("/issuerId"));

    assertThat(issuer.at("/jwksUrl")).isEqualTo(idp.issuer() + "/jwks");
    try (var connection = TestDatabase.connect(server);
        var rows =
            connection.createStatement().executeQuery("select client_secret from oidc_provider")) {
      while (rows.next()) {
        assertThat(rows.getString(1)).doesNotContain(FakeIdp.SECRET);
      }
    }
  }

  @Test
  void createWhenFieldsAreWrongThenEachIsNamed() {
    Rest.Answer refused =
        rest.post(
            PATH, input("clientSecret", "", "scopes", List.of("profile"), "iatWindowSeconds", 0));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields())
        .containsExactlyInAnyOrder("clientSecret", "scopes", "iatWindowSeconds");
    assertThat(rest.post(PATH, input("surprise", 1)).fields()).containsExactly("surprise");
  }

  @Test
  void createWhenNameIsTakenThenConflict() {
    created();
    assertThat(rest.post(PATH, input()).code()).isEqualTo("name-taken");
  }

  @Test
  void createWhenOnlyWeakAlgorithmsAreOfferedThenRefused() {
    idp.says("id_token_signing_alg_values_supported", List.of("HS256", "none"));
    Rest.Answer refused = rest.post(PATH, input());

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("provider-algorithms");
    assertThat(rest.get("issuers").json().findValuesAsString("issuer"))
        .doesNotContain(idp.issuer());
  }

  @Test
  void createWhenWeakAlgorithmsStandBesideGoodOnesThenAccepted() {
    idp.says("id_token_signing_alg_values_supported", List.of("ES256", "HS256", "none"));
    created();
  }

  @Test
  void createWhenTheDocumentNamesAnotherIssuerThenRefused() {
    idp.says("issuer", idp.issuer() + "/");
    assertThat(rest.post(PATH, input()).code()).isEqualTo("provider-discovery");
  }

  @Test
  void createWhenTheAddressIsReservedThenRefused() {
    Rest.Answer refused = rest.post(PATH, input("issuer", "https://169.254.169.254"));

    assertThat(refused.code()).isEqualTo("provider-discovery");
    assertThat(refused.at("/detail")).contains("SALLYPORT_OUTBOUND_ALLOW");
  }

  @Test
  void testWhenTheAddressIsReservedThenThatStepFailsAndNamesTheSetting() {
    Rest.Answer test = rest.post(PATH + "/test", Map.of("issuer", "https://169.254.169.254"));

    assertThat(test.at("/outcome")).as(test.text()).isEqualTo("failed");
    assertThat(test.text()).contains("SALLYPORT_OUTBOUND_ALLOW");
  }

  @Test
  void createWhenIssuerIsKnownWithOtherKeysThenRefused() {
    rest.post("issuers", Map.of("issuer", idp.issuer(), "staticJwks", TestIssuer.create().jwks()));
    Rest.Answer refused = rest.post(PATH, input("jwksUrl", idp.issuer() + "/jwks"));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("issuer-keys-differ");
  }

  @Test
  void createWhenIssuerIsKnownAndKeysAreLeftOutThenShared() {
    Rest.Answer issuer =
        rest.post("issuers", Map.of("issuer", idp.issuer(), "jwksUrl", idp.issuer() + "/jwks"));

    assertThat(rest.post(PATH, input()).at("/issuerId")).isEqualTo(issuer.at("/id"));
  }

  @Test
  void deleteOfItsIssuerWhenAProviderNeedsItThenRefused() {
    String path = "issuers/" + rest.post(PATH, input()).at("/issuerId");

    assertThat(rest.delete(path, rest.get(path).etag()).code()).isEqualTo("issuer-in-use");
  }

  @Test
  void updateWhenSecretIsLeftOutThenKeptAndTheRestIsReplaced() {
    String path = PATH + "/" + created();
    Rest.Answer changed =
        rest.put(
            path,
            rest.get(path).etag(),
            input("clientSecret", "", "selfService", false, "groupsClaim", "realm_access.roles"));

    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.at("/selfService")).isEqualTo("false");
    assertThat(changed.at("/groupsClaim")).isEqualTo("realm_access.roles");
    assertThat(changed.at("/revision")).isEqualTo("1");
  }

  @Test
  void updateWhenTheIdpIsDownThenItCanStillBeSwitchedOff() {
    String path = PATH + "/" + created();
    idp.close();

    assertThat(rest.put(path, rest.get(path).etag(), input("enabled", false)).status())
        .isEqualTo(200);
  }

  @Test
  void updateWhenRevisionIsOldOrMissingThenRefused() {
    String path = PATH + "/" + created();
    String etag = rest.get(path).etag();
    rest.put(path, etag, input());

    assertThat(rest.put(path, etag, input()).status()).isEqualTo(412);
    assertThat(rest.delete(path).status()).isEqualTo(428);
  }

  @Test
  void deleteWhenNobodyUsesItThenGone() {
    String path = PATH + "/" + created();

    assertThat(rest.delete(path, rest.get(path).etag()).status()).isEqualTo(204);
    assertThat(rest.get(path).status()).isEqualTo(404);
  }

  @Test
  void testWhenAllIsWellThenEachStepSaysWhatItFound() {
    Rest.Answer test = rest.post(PATH + "/test", Map.of("issuer", idp.issuer()));

    assertThat(test.status()).as(test.text()).isEqualTo(200);
    assertThat(test.json().findValuesAsString("step"))
        .containsExactly(
            "dns", "tls", "discovery", "issuer", "jwks", "algorithms", "iss-parameter", "clock");
    // Plain http, which the run's settings permit. How far off the clock is depends on other tests:
    // Undertow shares one date among the servers of a JVM, and it stops when one of them closes.
    assertThat(test.json().get("steps").findValuesAsString("outcome").subList(0, 7))
        .containsExactly("ok", "warning", "ok", "ok", "ok", "ok", "ok");
    assertThat(test.at("/steps/7/detail")).contains("clock");
  }

  @Test
  void testWhenSomethingIsWrongThenThatStepFails() {
    idp.says("issuer", idp.issuer() + "/");
    idp.says("id_token_signing_alg_values_supported", List.of("HS256"));
    idp.saysNothingOf("authorization_response_iss_parameter_supported");
    Rest.Answer test = rest.post(PATH + "/test", Map.of("issuer", idp.issuer()));

    assertThat(test.at("/outcome")).isEqualTo("failed");
    assertThat(test.at("/steps/3/outcome")).isEqualTo("failed");
    assertThat(test.at("/steps/3/detail")).contains("slash");
    assertThat(test.at("/steps/5/outcome")).isEqualTo("failed");
    assertThat(test.at("/steps/6/outcome")).isEqualTo("warning");
  }

  @Test
  void testWhenNobodyIsThereThenTheRestIsSkipped() {
    String issuer = idp.issuer();
    idp.close();
    Rest.Answer test = rest.post(PATH + "/test", Map.of("issuer", issuer));

    assertThat(test.at("/steps/2/outcome")).isEqualTo("failed");
    assertThat(test.at("/steps/7/outcome")).isEqualTo("skipped");
    assertThat(rest.post(PATH + "/test", Map.of("issuer", "nonsense")).fields())
        .containsExactly("issuer");
  }

  @Test
  void testOfAStoredOneThenItsIssuerIsTried() {
    String path = PATH + "/" + created() + "/test";
    assertThat(rest.post(path, "{}").at("/steps/3/detail")).isEqualTo(idp.issuer());
  }

  @Test
  void refreshThenKeysAreThereAndADowngradeIsNoticed() {
    String path = PATH + "/" + created();
    Rest.Answer status = rest.post(path + "/refresh", "{}");

    assertThat(status.status()).as(status.text()).isEqualTo(200);
    assertThat(status.at("/keyIds/0")).isEqualTo("k1");
    assertThat(status.at("/lastSuccess")).isNotEmpty();
    assertThat(status.at("/nextRefresh")).isNotEmpty();
    assertThat(rest.get(path + "/jwks-status").at("/keyIds/0")).isEqualTo("k1");

    idp.says("id_token_signing_alg_values_supported", List.of("HS256"));
    assertThat(rest.post(path + "/refresh", "{}").code()).isEqualTo("provider-algorithms");
  }

  @Test
  void callsWhenPermissionIsMissingThenRefusedByName() {
    Rest viewer = rest.holding("r-viewer");
    String path = PATH + "/" + created();

    assertThat(viewer.get(PATH).at("/detail")).contains("auth.oidc.list");
    assertThat(viewer.post(PATH, input()).at("/detail")).contains("auth.oidc.create");
    assertThat(viewer.put(path, "\"0\"", input()).at("/detail")).contains("auth.oidc.edit");
    assertThat(viewer.delete(path, "\"0\"").at("/detail")).contains("auth.oidc.delete");
    assertThat(Rest.anonymous(server).get(PATH).status()).isEqualTo(401);
  }
}
