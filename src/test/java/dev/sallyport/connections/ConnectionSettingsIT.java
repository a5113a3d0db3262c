package dev.sallyport.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.RemoteMcp;
import dev.sallyport.testing.RemoteMcp.Reply;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// How an app is set to connections, and what is found out about them beforehand.
@ExtendWith(RunningServer.Extension.class)
class ConnectionSettingsIT {
  private final RemoteMcp mcp = RemoteMcp.start();
  private Entrance entrance;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, "mcp+" + mcp.url());
  }

  @AfterEach
  void close() {
    mcp.close();
  }

  private String path() {
    return entrance.appPath() + "/upstream-credential";
  }

  private Rest.Answer put(Map<String, Object> credential) {
    return entrance.rest().put(path(), entrance.rest().get(path()).etag(), credential);
  }

  private Rest.Answer discover(Map<String, Object> draft) {
    return entrance.rest().post(entrance.appPath() + "/connection/discover", draft);
  }

  private static String outcomes(Rest.Answer report) {
    return report
        .json()
        .get("steps")
        .valueStream()
        .map(step -> step.get("step").asString() + " " + step.get("outcome").asString())
        .toList()
        .toString();
  }

  private static String detail(Rest.Answer report, String name) {
    return report
        .json()
        .get("steps")
        .valueStream()
        .filter(step -> step.get("step").asString().equals(name))
        .map(step -> step.get("detail").asString())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void putWhenConnectionThenAllItsSettingsAreKept() {
    Rest.Answer stored =
        put(
            Map.of(
                "kind",
                "connection",
                "authorizationServer",
                "https://login.example",
                "scopes",
                List.of("read", "write"),
                "authorizeParameters",
                Map.of("access_type", "offline", "prompt", "consent"),
                "resource",
                mcp.issuer() + "/",
                "perSession",
                true,
                "shareGrant",
                true));

    assertThat(stored.status()).as(stored.text()).isEqualTo(200);
    JsonNode shown = entrance.rest().get(path()).json();
    assertThat(shown.get("authorizationServer").asString()).isEqualTo("https://login.example");
    assertThat(shown.get("scopes").toString()).isEqualTo("[\"read\",\"write\"]");
    assertThat(shown.get("authorizeParameters").toString())
        .isEqualTo("{\"access_type\":\"offline\",\"prompt\":\"consent\"}");
    assertThat(shown.get("resource").asString()).isEqualTo(mcp.issuer() + "/");
    assertThat(shown.get("perSession").asBoolean()).isTrue();
    assertThat(shown.get("shareGrant").asBoolean()).isTrue();
    assertThat(shown.get("hasSecret").asBoolean()).isFalse();
  }

  @Test
  void putWhenAnotherKindFollowsThenTheSettingsAreGone() {
    put(Map.of("kind", "connection", "authorizationServer", "https://login.example"));
    put(Map.of("kind", "none"));
    assertThat(entrance.rest().get(path()).json().get("authorizationServer").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client_id",
        "redirect_uri",
        "response_type",
        "response_mode",
        "state",
        "scope",
        "resource",
        "code_challenge",
        "code_challenge_method",
        "request",
        "request_uri",
        "nonce"
      })
  void putWhenAParameterIsTheProtocolsThenRefused(String name) {
    assertThat(put(Map.of("kind", "connection", "authorizeParameters", Map.of(name, "x"))).fields())
        .containsExactly("authorizeParameters." + name);
  }

  @Test
  void putWhenFieldsAreWrongThenEachIsNamed() {
    assertThat(
            put(Map.of(
                    "kind", "connection",
                    "authorizationServer", "https://login.example?x=1",
                    "scopes", List.of("two words"),
                    "authorizeParameters", Map.of("prompt", "none"),
                    "resource", "no url"))
                .fields())
        .containsExactlyInAnyOrder(
            "authorizationServer", "scopes", "authorizeParameters.prompt", "resource");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://api.example/mcp", "{app}/below", "{app}2"})
  void putWhenTheResourceIsOfAnotherServerThenRefused(String resource) {
    String set = resource.replace("{app}", mcp.url());
    assertThat(
            put(Map.of("kind", "connection", "authorizationServer", mcp.issuer(), "resource", set))
                .fields())
        .containsExactly("resource");
  }

  @Test
  void discoverWhenTheServerRegistersClientsThenAllIsWellAndNothingIsRegistered() {
    Rest.Answer report = discover(Map.of());
    assertThat(report.at("/outcome")).as(report.text()).isEqualTo("ok");
    assertThat(report.at("/issuer")).isEqualTo(mcp.issuer());
    assertThat(report.at("/resource")).isEqualTo(mcp.url());
    assertThat(report.json().get("scopes").toString()).isEqualTo("[\"read\",\"write\"]");
    assertThat(report.at("/clientKind")).isEqualTo("registered");
    // Its answers do not name their issuer.
    assertThat(report.at("/redirectUri")).matches(".*/oauth/connect/callback/[0-9a-f]{24}");
    assertThat(mcp.registrations()).isZero();
  }

  @Test
  void discoverWhenAnAdminAddedAClientThenThatOneIsUsed() {
    Rest.Answer client =
        entrance
            .rest()
            .post(
                "connections/clients",
                Map.of("issuer", mcp.issuer(), "clientId", "x", "clientSecret", "y"));
    assertThat(client.status()).as(client.text()).isEqualTo(201);
    assertThat(discover(Map.of()).at("/clientKind")).isEqualTo("pre_registered");
  }

  @Test
  void discoverWhenNoClientCanBeHadThenNamesTheRedirectUri() {
    mcp.metadata("registration_endpoint", "");
    Rest.Answer report = discover(Map.of());
    assertThat(report.at("/outcome")).isEqualTo("failed");
    assertThat(report.json().get("clientKind").isNull()).isTrue();
    assertThat(detail(report, "client")).contains("redirect URI", report.at("/redirectUri"));
  }

  @Test
  void discoverWhenAStepFailsThenTheReportSaysWhich() {
    mcp.on("/.well-known/oauth-authorization-server", _ -> Reply.status(500));
    Rest.Answer report = discover(Map.of());
    assertThat(outcomes(report)).contains("authorization-server failed", "client skipped");
    assertThat(detail(report, "authorization-server")).contains("status 500");
  }

  @Test
  void discoverWhenPinnedInTheBodyThenTheAppIsNotAsked() {
    Rest.Answer report = discover(Map.of("authorizationServer", mcp.issuer()));
    assertThat(report.at("/outcome")).isEqualTo("ok");
    assertThat(mcp.paths()).doesNotContain(RemoteMcp.PATH);
    assertThat(entrance.rest().get(path()).at("/kind")).isEqualTo("assertion");
  }

  @Test
  void discoverWhenMetadataIsPrivateThenRefusedWithItsReason() {
    mcp.resource("authorization_servers", List.of("https://169.254.169.254"));
    assertThat(detail(discover(Map.of()), "authorization-server"))
        .contains("SALLYPORT_OUTBOUND_ALLOW");
  }

  @Test
  void discoverWhenOneMayOnlyLookThenForbidden() {
    Rest viewer = entrance.rest().holding("r-viewer");
    String path = entrance.appPath() + "/connection/discover";
    assertThat(viewer.post(path, Map.of()).status()).isEqualTo(403);
  }

  @Test
  void discoverWhenThereIsNoSuchAppThenNotFound() {
    assertThat(entrance.rest().post("apps/app_none/connection/discover", Map.of()).status())
        .isEqualTo(404);
  }
}
