package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.OpenStream;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestIssuer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.demo.DumperApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A change of what is trusted acts on the next call and on running streams.
@ExtendWith(RunningServer.Extension.class)
class TrustChangeIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final JsonMapper JSON = new JsonMapper();

  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private Entrance entrance;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, upstream.url() + "/");
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private void cuts(int status, Supplier<Rest.Answer> change) {
    String url = entrance.url();
    TestToken token = entrance.token().with("groups", List.of("eng"));
    OpenStream stream = OpenStream.of(client.stream(url + "/sse-quiet", token.signed()));
    upstream.forgetReceived();

    Rest.Answer changed = change.get();

    assertThat(changed.status()).as(changed.text()).isBetween(200, 204);
    stream.awaitCutWithin(AT_ONCE);
    assertThat(client.get(url + "/x", token.signed()).statusCode()).isEqualTo(status);
    assertThat(upstream.received()).isEmpty();
  }

  @Test
  void configWhenDisabledThenNobodyIsIn() {
    cuts(404, () -> entrance.changeConfig(Map.of("enabled", false)));
  }

  @Test
  void configWhenDeletedThenNobodyIsIn() {
    cuts(404, () -> deleted(entrance.configPath()));
  }

  @Test
  void configWhenAudienceChangesThenOldTokensAreRefused() {
    cuts(401, () -> entrance.changeConfig(Map.of("jwt", entrance.jwt("another"))));
  }

  @Test
  void configWhenRulesNoLongerLetInThenRefused() {
    var sales = List.of(Map.of("claim", "groups", "anyOf", List.of("sales")));
    cuts(403, () -> entrance.changeConfig(Map.of("allow", sales)));
  }

  @Test
  void appWhenLabelGoesThenConfigNoLongerOpensIt() {
    cuts(404, () -> entrance.changeApp(Map.of("labels", Map.of("test", "elsewhere"))));
  }

  @Test
  void appWhenDeletedThenItsSessionsEnd() {
    cuts(404, () -> deleted(entrance.appPath()));

    assertThat(entrance.sessions("live")).isEmpty();
    var ended = entrance.rest().get("app-sessions?state=ended&app=" + entrance.name()).json();
    assertThat(ended.at("/items/0/endedReason").asString()).isEqualTo("app-deleted");
  }

  @Test
  void issuerWhenItsKeysChangeThenOldTokensAreRefused() {
    cuts(401, () -> replaceKeys(TestIssuer.create().pair()));
  }

  private Rest.Answer replaceKeys(String pair) {
    Rest rest = entrance.rest();
    String issuerId = rest.get(entrance.configPath()).at("/jwt/issuerId");
    String path = "issuers/" + issuerId;
    var input = Map.of("issuer", entrance.issuer().iss(), "staticJwks", TestIssuer.jwksOf(pair));
    return rest.put(path, rest.get(path).etag(), input);
  }

  private Rest.Answer deleted(String path) {
    return entrance.rest().delete(path, entrance.rest().get(path).etag());
  }

  @Test
  void configWhenAChangeStillAllowsThenStreamGoesOnAndSessionStays() {
    TestToken token = entrance.token().with("groups", List.of("eng"));
    OpenStream stream = OpenStream.of(client.stream(entrance.url() + "/sse-quiet", token.signed()));
    String session = entrance.session();
    var rules = List.of(Map.of("claim", "groups", "anyOf", List.of("e*")));

    assertThat(entrance.changeConfig(Map.of("allow", rules)).status()).isEqualTo(200);

    assertThat(client.get(entrance.url() + "/x", token.signed()).statusCode()).isEqualTo(200);
    assertThat(entrance.session()).isEqualTo(session);
    assertThat(stream.isOpen()).isTrue();
  }

  @Test
  void upstreamWhenReportedMovedOrWithdrawnThenTokensStayWarm() {
    TestToken token = entrance.token();
    String signed = token.signed();
    OpenStream stream = OpenStream.of(client.stream(entrance.url() + "/sse-quiet", signed));
    String assertion = assertion(signed);
    String path = entrance.appPath() + "/upstreams/" + Unique.name("edge");
    try (DumperApp edge = DumperApp.start(0);
        DumperApp other = DumperApp.start(0)) {
      reaches(edge, signed, () -> entrance.rest().put(path, "\"0\"", at(edge)));
      reaches(other, signed, () -> entrance.rest().put(path, "\"0\"", at(other)));

      // Who is let in anew is asserted anew.
      assertThat(assertion(signed)).isEqualTo(assertion);
      assertThat(entrance.rest().delete(path).status()).isEqualTo(204);
      assertThat(assertion(signed)).isEqualTo(assertion);
      assertThat(stream.isOpen()).isTrue();
    }
  }

  private static Map<String, Object> at(DumperApp edge) {
    return Map.of("url", edge.url() + "/", "lease", "PT5M");
  }

  private void reaches(DumperApp edge, String token, Supplier<Rest.Answer> report) {
    assertThat(report.get().status()).isEqualTo(200);
    Await.until(
        "calls reach what was reported",
        () -> {
          client.get(entrance.url() + "/x", token);
          return !edge.received().isEmpty();
        });
  }

  private String assertion(String token) {
    String dump = client.get(entrance.url() + "/x", token).body();
    JsonNode headers = JSON.readTree(dump).get("headers");
    return headers.findValue("Sallyport-Jwt-Assertion").toString();
  }
}
