package dev.sallyport.connections.remote;

import static dev.sallyport.connections.remote.Remote.UNSET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.RemoteMcp;
import dev.sallyport.testing.RemoteMcp.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteDiscoveryTest {
  private static final String RESOURCE = "/.well-known/oauth-protected-resource";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  private final Remote remote = new Remote();
  private final RemoteMcp mcp = RemoteMcp.start();

  @AfterEach
  void stop() {
    mcp.close();
    remote.close();
  }

  @Test
  void discoverWhenTheChallengePointsThenItsDocumentIsRead() {
    mcp.without(RESOURCE + RemoteMcp.PATH)
        .challenge("Bearer resource_metadata=\"" + mcp.issuer() + "/elsewhere\"")
        .on("/elsewhere", _ -> Reply.json(document(mcp.url())));

    RemoteResource found = remote.of(mcp.url());

    assertThat(found.server().issuer()).isEqualTo(mcp.issuer());
    assertThat(found.server().tokenEndpoint()).hasToString(mcp.issuer() + "/token");
    assertThat(found.resource()).isEqualTo(mcp.url());
    assertThat(mcp.paths()).containsExactly(RemoteMcp.PATH, "/elsewhere", OAUTH);
    assertThat(mcp.asked().getFirst().method()).isEqualTo("POST");
  }

  private Map<String, Object> document(String resource) {
    return Map.of("resource", resource, "authorization_servers", List.of(mcp.issuer()));
  }

  @Test
  void discoverWhenTheChallengeDoesNotPointThenThePathIsKept() {
    mcp.challenge("Bearer");
    assertThat(remote.of(mcp.url() + "/").resource()).isEqualTo(mcp.url());
    assertThat(mcp.paths()).containsExactly("/v1/mcp/", RESOURCE + RemoteMcp.PATH, OAUTH);
  }

  @Test
  void discoverWhenThePathHasNothingThenTheRootIsAsked() {
    mcp.challenge("Bearer")
        .without(RESOURCE + RemoteMcp.PATH)
        .on(RESOURCE, _ -> Reply.json(document(mcp.issuer())));
    assertThat(remote.of(mcp.url()).resource()).isEqualTo(mcp.issuer());
    assertThat(mcp.paths())
        .containsExactly(RemoteMcp.PATH, RESOURCE + RemoteMcp.PATH, RESOURCE, OAUTH);
  }

  @Test
  void discoverWhenNothingIsFoundThenSaysWhatToDo() {
    mcp.challenge("Bearer").without(RESOURCE + RemoteMcp.PATH);
    assertThat(remote.fault(mcp.url())).contains("status 404", "set the authorization server");
  }

  @Test
  void discoverWhenTheResourceSaysNothingOfItselfThenItIsTheAppsUrl() {
    mcp.resource("resource", "");
    assertThat(remote.of(mcp.url()).resource()).isEqualTo(mcp.url());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.example/v1/mcp",
        "{base}/v1/mc",
        "{base}/v1/mcp/deeper",
        "{base}/v1/mcp#x",
        "urn:x"
      })
  void discoverWhenTheMetadataIsOfAnotherResourceThenRefuses(String resource) {
    mcp.resource("resource", resource.replace("{base}", mcp.issuer()));
    assertThat(remote.fault(mcp.url())).contains("a token for one is none for the other");
    assertThat(mcp.paths()).doesNotContain(OAUTH);
  }

  @Test
  void discoverWhenTheMetadataNamesNoServerThenRefuses() {
    mcp.resource("authorization_servers", List.of());
    assertThat(remote.fault(mcp.url())).contains("names no authorization server");
  }

  @Test
  void discoverWhenPinnedThenTheAppIsNotAsked() {
    RemoteResource found = remote.of(mcp.url(), Remote.pinned(mcp.issuer() + "/"), null);
    assertThat(found.server().issuer()).isEqualTo(mcp.issuer());
    assertThat(found.resource()).isEqualTo(mcp.url());
    assertThat(found.scopes()).isEmpty();
    assertThat(mcp.paths()).containsExactly(OAUTH);
  }

  @Test
  void discoverWhenThePinIsAnotherIssuerThenRefuses() {
    mcp.metadata("issuer", "http://other.example");
    assertThat(remote.fault(mcp.url(), Remote.pinned(mcp.issuer())))
        .contains("is of the issuer http://other.example");
  }

  @Test
  void discoverWhenThePinCantBeFetchedThenRefuses() {
    mcp.without(OAUTH);
    assertThat(remote.fault(mcp.url(), Remote.pinned(mcp.issuer()))).contains("status 404");
  }

  @Test
  void discoverWhenTheIssuerDiffersThenRefuses() {
    mcp.metadata("issuer", mcp.issuer() + "/other");
    assertThat(remote.fault(mcp.url())).contains("not of " + mcp.issuer());
  }

  @Test
  void discoverWhenOnlyOpenIdMetadataIsThereThenItIsUsed() {
    mcp.without(OAUTH).on(OPENID, _ -> Reply.json(mcp.metadata()));
    assertThat(remote.of(mcp.url()).server().issuer()).isEqualTo(mcp.issuer());
    assertThat(mcp.paths()).endsWith(OAUTH, OPENID);
  }

  @Test
  void discoverWhenTheIssuerHasAPathThenThreeFormsAreTriedInOrder() {
    String issuer = mcp.issuer() + "/t1";
    mcp.without(OAUTH).resource("authorization_servers", List.of(issuer));
    mcp.metadata("issuer", issuer).on("/t1" + OPENID, _ -> Reply.json(mcp.metadata()));
    assertThat(remote.of(mcp.url()).server().issuer()).isEqualTo(issuer);
    assertThat(mcp.paths()).endsWith(OAUTH + "/t1", OPENID + "/t1", "/t1" + OPENID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain"})
  void discoverWhenS256IsNotOfferedThenRefuses(String methods) {
    mcp.metadata("code_challenge_methods_supported", methods.isEmpty() ? "" : List.of(methods));
    assertThat(remote.fault(mcp.url())).contains("S256");
  }

  @ParameterizedTest
  @CsvSource({
    "authorization_endpoint, ''",
    "token_endpoint, ''",
    "authorization_endpoint, javascript:alert(1)",
    "token_endpoint, ftp://x.example/token"
  })
  void discoverWhenAnEndpointIsMissingOrNoWebUrlThenRefuses(String member, String value) {
    mcp.metadata(member, value);
    assertThat(remote.fault(mcp.url())).contains("names no https endpoints");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "no json", "{\"issuer\":1}", ""})
  void discoverWhenTheMetadataIsNoMetadataThenRefuses(String text) {
    mcp.on(OAUTH, _ -> new Reply(200, text, Map.of()));
    assertThat(remote.fault(mcp.url())).contains("is no metadata of an authorization server");
  }

  @Test
  void scopesThenConfiguredBeforeChallengedBeforeSupported() {
    assertThat(remote.of(mcp.url()).scopes()).containsExactly("read", "write");
    assertThat(remote.of(mcp.url(), UNSET, new Challenge(null, List.of("admin"), null)).scopes())
        .containsExactly("admin");
    ConnectionSettings set =
        new ConnectionSettings(null, List.of("own"), Map.of(), null, false, false);
    assertThat(remote.of(mcp.url(), set, new Challenge(null, List.of("admin"), null)).scopes())
        .containsExactly("own");
  }

  @Test
  void scopesWhenTheProbesChallengeNamesThemThenThose() {
    mcp.challenge("Bearer scope=\"probe\"");
    assertThat(remote.of(mcp.url()).scopes()).containsExactly("probe");
  }

  @Test
  void resourceWhenSetByHandThenThatOne() {
    ConnectionSettings set =
        new ConnectionSettings(null, List.of(), Map.of(), mcp.issuer() + "/", false, false);
    assertThat(remote.of(mcp.url(), set, null).resource()).isEqualTo(mcp.issuer() + "/");
  }

  @Test
  void resourceWhenSetByHandAndOfAnotherServerThenRefuses() {
    ConnectionSettings set =
        new ConnectionSettings(
            mcp.issuer(), List.of(), Map.of(), "https://other.example/mcp", false, true);
    assertThat(remote.fault(mcp.url(), set)).contains("is none for the other");
  }

  @Test
  void discoverWhenTheServerDoesNotAnswerTheProbeThenTheWellKnownPlacesDo() {
    mcp.on(RemoteMcp.PATH, _ -> Reply.redirect("/login"));
    assertThat(remote.of(mcp.url()).server().issuer()).isEqualTo(mcp.issuer());
  }

  @Test
  void reportThenEveryStepWithWhatWasSent() {
    RemoteDiscovery.Walked walked = remote.discovery.report(Remote.app(mcp.url()), UNSET);
    assertThat(walked.steps())
        .extracting(step -> step.step() + " " + step.outcome())
        .containsExactly(
            "probe ok",
            "challenge ok",
            "resource-metadata ok",
            "resource ok",
            "authorization-server ok",
            "pkce ok");
    assertThat(walked.steps().get(1).raw()).startsWith("Bearer resource_metadata=");
    assertThat(walked.steps().get(4).raw()).contains("token_endpoint");
  }

  @Test
  void reportWhenAStepFailsThenTheRestIsSkipped() {
    mcp.resource("resource", "https://other.example");
    RemoteDiscovery.Walked walked = remote.discovery.report(Remote.app(mcp.url()), UNSET);
    assertThat(walked.resource()).isNull();
    assertThat(walked.steps())
        .extracting(DiscoveryStep::outcome)
        .containsExactly("ok", "ok", "ok", "failed", "skipped", "skipped");
  }
}
