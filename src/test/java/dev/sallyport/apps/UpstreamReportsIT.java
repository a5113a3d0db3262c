package dev.sallyport.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.ScriptedUpstream;
import dev.sallyport.testing.Unique;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Upstreams that proxies report for the time of a lease.
@ExtendWith(RunningServer.Extension.class)
class UpstreamReportsIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n";

  private final ScriptedUpstream configured = ScriptedUpstream.start(head -> OK + "c");
  private final ScriptedUpstream reported = ScriptedUpstream.start(head -> OK + "r");
  private final GatewayClient client = new GatewayClient();
  private Entrance app;
  private Rest proxy;

  @BeforeEach
  void open(RunningServer server) {
    app = Entrance.to(server, "mcp+" + configured.url() + "/mcp");
    proxy = reporter(server, app.name());
  }

  @AfterEach
  void close() {
    client.close();
    configured.close();
    reported.close();
  }

  private static Rest reporter(RunningServer server, String app) {
    Rest admin = Rest.admin(server);
    var key =
        Map.of(
            "name", Unique.name("proxy"),
            "role", "r-agent",
            "scope", Map.of("test", List.of(app)));
    return admin.with(new Secret(admin.post("auth/keys", key).at("/key")));
  }

  private Rest.Answer report(Rest by, String name, Object... members) {
    Map<String, Object> body = new java.util.LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      body.put((String) members[i], members[i + 1]);
    }
    return by.put(app.appPath() + "/upstreams/" + name, "\"0\"", body);
  }

  private String appId() {
    return app.appPath().substring("apps/".length());
  }

  private String call() {
    return client.get(app.url(), app.token().signed()).body();
  }

  private List<String> names() {
    return app.rest().get(app.appPath() + "/upstreams").json().findValuesAsString("name");
  }

  @Test
  void reportWhenRightThenCallsGoThereUntilTheLeaseEnds() {
    Rest.Answer answer = report(proxy, "edge-1", "url", reported.url() + "/mcp", "lease", "PT12S");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/name")).isEqualTo("edge-1");
    assertThat(answer.at("/lease/reportedBy")).isNotEmpty();
    Await.until("a call at the reported upstream", () -> Objects.equals(call(), "r"));
    assertThat(names()).containsExactly("a", "edge-1");
    Await.until("the lease to end", () -> names().equals(List.of("a")));
    Await.until(
        "calls to stay away",
        () -> java.util.stream.IntStream.range(0, 20).allMatch(i -> call().equals("c")));
  }

  @Test
  void reportWhenRenewedThenItStaysTheSameAndIsNoChange() {
    Rest.Answer first = report(proxy, "edge-1", "url", reported.url() + "/mcp", "lease", "PT20S");
    String etag = app.rest().get(app.appPath()).etag();

    Rest.Answer second = report(proxy, "edge-1", "url", reported.url() + "/mcp", "lease", "PT1H");

    assertThat(second.at("/id")).isEqualTo(first.at("/id"));
    assertThat(second.at("/lease/until")).isGreaterThan(first.at("/lease/until"));
    assertThat(app.rest().get(app.appPath()).etag()).isEqualTo(etag);
    assertThat(app.rest().get("audit?event=app.upstream_reported&resource=" + appId()).at("/total"))
        .isEqualTo("1");
  }

  @Test
  void reportWhenMovedThenCallsFollow() {
    report(proxy, "edge-1", "url", configured.url() + "/other");
    assertThat(report(proxy, "edge-1", "url", reported.url() + "/mcp").status()).isEqualTo(200);

    Await.until("a call at the new address", () -> Objects.equals(call(), "r"));
  }

  @Test
  void withdrawWhenReportedThenGone() {
    report(proxy, "edge-1", "url", reported.url() + "/mcp");

    assertThat(proxy.delete(app.appPath() + "/upstreams/edge-1").status()).isEqualTo(204);

    assertThat(names()).containsExactly("a");
    assertThat(proxy.delete(app.appPath() + "/upstreams/edge-1").status()).isEqualTo(404);
  }

  @Test
  void reportWhenTheNameIsConfiguredThenRefused() {
    Rest.Answer answer = report(proxy, "a", "url", reported.url() + "/mcp");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("name-taken");
    assertThat(proxy.delete(app.appPath() + "/upstreams/a").status()).isEqualTo(409);
    assertThat(names()).containsExactly("a");
  }

  @Test
  void reportWhenAnotherReportsTheNameThenRefused(RunningServer server) {
    Rest other = reporter(server, app.name());
    report(other, "edge-1", "url", reported.url() + "/mcp");

    assertThat(report(proxy, "edge-1", "url", reported.url() + "/mcp").status()).isEqualTo(409);
    assertThat(proxy.delete(app.appPath() + "/upstreams/edge-1").status()).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example/mcp,PT1M,url",
    "http://127.0.0.2:1/mcp,PT1M,url",
    "http://user@127.0.0.1:1/mcp,PT1M,url",
    "ftp://127.0.0.1/mcp,PT1M,url",
    "http://127.0.0.1:1/mcp,PT4S,lease",
    "http://127.0.0.1:1/mcp,PT2H,lease",
    "http://127.0.0.1:1/mcp,-PT1M,lease",
    "http://127.0.0.1:1/mcp,soon,lease",
  })
  void reportWhenWrongThenFieldIsNamed(String url, String lease, String field) {
    Rest.Answer answer = report(proxy, "edge-1", "url", url, "lease", lease);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(field);
    assertThat(names()).containsExactly("a");
  }

  @Test
  void reportWhenNameOrUrlIsMissingThenFieldIsNamed() {
    assertThat(report(proxy, "Edge_1", "url", reported.url()).fields()).containsExactly("name");
    assertThat(report(proxy, "edge-1").fields()).containsExactly("url");
  }

  @Test
  void reportWhenPlainHttpForAnHttpsAppThenRefused(RunningServer server) {
    app = Entrance.to(server, "mcp+https://127.0.0.1:1/mcp");

    assertThat(report(reporter(server, app.name()), "edge-1", "url", reported.url()).fields())
        .containsExactly("url");
  }

  @Test
  void reportWhenOutsideTheScopeThenAbsentOrForbidden(RunningServer server) {
    Rest elsewhere = reporter(server, "another-app");
    Rest viewer = Rest.admin(server).holding("r-viewer");

    assertThat(report(elsewhere, "edge-1", "url", reported.url()).status()).isEqualTo(404);
    assertThat(report(viewer, "edge-1", "url", reported.url()).status()).isEqualTo(403);
    assertThat(names()).containsExactly("a");
  }

  @Test
  void changeWhenUpstreamsAreReportedThenTheyStayUnlessMoved() {
    report(proxy, "edge-1", "url", reported.url() + "/mcp");
    assertThat(app.changeApp(Map.of("description", "changed")).status()).isEqualTo(200);
    assertThat(names()).containsExactlyInAnyOrder("a", "edge-1");

    var upstreams = List.of(Map.of("name", "edge-1", "url", configured.url() + "/taken"));
    assertThat(app.changeApp(Map.of("upstreams", upstreams)).status()).isEqualTo(200);

    assertThat(names()).containsExactly("edge-1");
    assertThat(report(proxy, "edge-1", "url", reported.url()).status()).isEqualTo(409);
  }
}
