package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.demo.DumperApp;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An app that calls another with the assertion it was given: allowed where a config names it, and
/// over when the session it came from is.
@ExtendWith(RunningServer.Extension.class)
class ChainIT {
  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private Entrance first;
  private Rest rest;

  @BeforeEach
  void open(RunningServer server) {
    first = Entrance.to(server, upstream.url() + "/");
    rest = first.rest();
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  /// Calls the app and takes the assertion that it got.
  private String assertion(String url, String token) {
    upstream.forgetReceived();
    assertThat(client.get(url, token).statusCode()).isEqualTo(200);
    return upstream
        .awaitReceived(1, Await.PATIENCE)
        .getFirst()
        .header("Sallyport-Jwt-Assertion")
        .orElseThrow();
  }

  private String assertion(TestToken token) {
    return assertion(first.url() + "/x", token.signed());
  }

  /// Another app that trusts this server's assertions, if they come through these apps; its name.
  private String appBehind(RunningServer server, String... viaApps) {
    String name = Unique.name("behind");
    var labels = Map.of("test", name);
    var app = Map.of("name", name, "uri", upstream.url() + "/", "labels", labels);
    assertThat(rest.post("apps", app).status()).isEqualTo(201);
    Map<String, Object> config = new HashMap<>();
    config.put("name", name);
    config.put("appLabels", Map.of("test", List.of(name)));
    config.put(
        "jwt",
        Map.of(
            "issuer",
            server.base() + "/assertions",
            "audience",
            upstream.url() + "/",
            "jwksUrl",
            server.base() + "/.well-known/jwks.json"));
    config.put("viaApps", List.of(viaApps));
    Rest.Answer made = rest.post("app-auth-configs", config);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return name;
  }

  private HttpResponse<String> behind(RunningServer server, String app, String assertion) {
    return client.get(server.base() + "/apps/" + app + "/x", assertion);
  }

  @Test
  void assertionWhenConfigNamesTheAppThenOpensASessionOfThePerson(RunningServer server) {
    TestToken token = first.token();
    String app = appBehind(server, first.name());

    assertThat(behind(server, app, assertion(token)).statusCode()).isEqualTo(200);

    var session = rest.get("app-sessions?app=" + app).json().get("items").get(0);
    assertThat(session.get("subject").asString()).isEqualTo(token.claim("sub"));
    assertThat(session.get("act").asString()).isEqualTo(first.name());
    assertThat(session.get("sid").asString()).isEqualTo(first.session());
  }

  @Test
  void assertionWhenConfigNamesAnotherAppThenRefused(RunningServer server) {
    String app = appBehind(server, "another");

    HttpResponse<String> answer = behind(server, app, assertion(first.token()));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("\"code\":\"token-actor-chain\"");
  }

  @Test
  void assertionWhenPresentedAtTheAppItWasMadeForThenRefused(RunningServer server) {
    assertThat(behind(server, first.name(), assertion(first.token())).body())
        .contains("\"code\":\"token-issuer-unknown\"");
  }

  @Test
  void chainWhenLongerThanTwoHopsThenRefused(RunningServer server) {
    String second = appBehind(server, first.name());
    String third = appBehind(server, second);
    String fourth = appBehind(server, third);
    String once = assertion(first.token());
    String twice = assertion(server.base() + "/apps/" + second + "/x", once);

    String thrice = assertion(server.base() + "/apps/" + third + "/x", twice);

    assertThat(behind(server, fourth, thrice).body()).contains("\"code\":\"token-actor-chain\"");
  }

  @Test
  void chainWhenRootSessionEndsThenEndsWithIt(RunningServer server) {
    String app = appBehind(server, first.name());
    String assertion = assertion(first.token());
    assertThat(behind(server, app, assertion).statusCode()).isEqualTo(200);

    first.end(first.session());

    assertThat(rest.get("app-sessions?app=" + app).json().get("items")).isEmpty();
    assertThat(rest.get("app-sessions?state=ended&app=" + app).json().get("items")).hasSize(1);
    assertThat(behind(server, app, assertion).statusCode()).isEqualTo(401);
  }

  @Test
  void assertionWhenRootSessionHasEndedThenOpensNothing(RunningServer server) {
    String app = appBehind(server, first.name());
    String assertion = assertion(first.token());

    first.end(first.session());

    HttpResponse<String> answer = behind(server, app, assertion);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(rest.get("app-sessions?app=" + app).json().get("items")).isEmpty();
  }
}
