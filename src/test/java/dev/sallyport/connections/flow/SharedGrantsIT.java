package dev.sallyport.connections.flow;

import static dev.sallyport.connections.flow.ConnectionWorld.json;
import static dev.sallyport.connections.flow.ConnectionWorld.text;
import static dev.sallyport.connections.flow.ConnectionWorld.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What an app may have of what a person connected for another one.
@ExtendWith(RunningServer.Extension.class)
class SharedGrantsIT {
  private ConnectionWorld world;

  @BeforeEach
  void open(RunningServer server) {
    world = new ConnectionWorld(server);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void sharedWhenSetThenAnAppBelowTheSameResourceNeedsOnlyConsent() {
    String root = world.remote.url().replaceFirst("/mcp$", "/");
    world.connects(world.appId, Map.of("resource", root, "shareGrant", true));
    world.connect();
    String other = world.anotherApp("mcp+" + world.remote.url());
    world.connects(other, Map.of("shareGrant", true));
    String url = world.rest.get("apps/" + other).at("/url");

    String link = link(url);
    assertThat(world.allow(world.browser, link).body()).contains("Go back to your agent");

    assertThat(text(json(world.agent.post(url, world.token.signed(), toolCall("read")))))
        .isEqualTo("did read");
    assertThat(world.auth.tokenRequests()).hasSize(1);
  }

  @Test
  void notSharedThenTheServerIsAskedToStaySilentFirst() {
    world.connect();
    String other = world.anotherApp("mcp+" + world.remote.url());
    world.connects(other, Map.of("resource", world.remote.url().replaceFirst("/mcp$", "/")));
    String url = world.rest.get("apps/" + other).at("/url");

    Map<String, String> asked = world.agree(world.browser, link(url));
    assertThat(asked).containsEntry("prompt", "none");
    String silent =
        "error=login_required&state=%s&iss=%s".formatted(asked.get("state"), world.auth.issuer());
    HttpResponse<String> again = world.callback(world.browser, silent);
    assertThat(again.statusCode()).isEqualTo(303);
    Map<String, String> aloud = world.auth.asked(HttpBrowser.location(again));
    assertThat(aloud).doesNotContainKey("prompt");
    assertThat(aloud.get("state")).isNotEqualTo(asked.get("state"));
    world.callback(world.browser, world.auth.answer(aloud));

    assertThat(text(json(world.agent.post(url, world.token.signed(), toolCall("read")))))
        .isEqualTo("did read");
  }

  @ParameterizedTest
  @CsvSource({"false, true", "true, false", "false, false"})
  void grantWhenNotBothShareThenTheOtherAppHasNoneOfIt(boolean first, boolean second) {
    world.connects(world.appId, Map.of("shareGrant", first));
    world.connect();
    String other = world.anotherApp("mcp+" + world.remote.url());
    world.connects(other, Map.of("shareGrant", second));
    String url = world.rest.get("apps/" + other).at("/url");

    String link = link(url);
    assertThat(world.browser.get(link).body())
        .contains(
            "You sign in at", world.auth.issuer(), URI.create(world.remote.url()).getAuthority());
    Map<String, String> asked = world.agree(world.browser, link);
    assertThat(link(url)).isNotEmpty();
    assertThat(world.auth.tokenRequests()).hasSize(1);

    world.callback(world.browser, world.auth.answer(asked));
    assertThat(text(json(world.agent.post(url, world.token.signed(), toolCall("read")))))
        .isEqualTo("did read");
    assertThat(world.auth.tokenRequests()).hasSize(2);
  }

  @Test
  void grantWhenBothShareThenOnlyConsentIsMissing() {
    world.connects(world.appId, Map.of("shareGrant", true));
    world.connect();
    String other = world.anotherApp("mcp+" + world.remote.url());
    world.connects(other, Map.of("shareGrant", true));
    String url = world.rest.get("apps/" + other).at("/url");

    String link = link(url);
    assertThat(world.browser.get(link).body()).contains("Connected at", world.auth.issuer());
    assertThat(world.allow(world.browser, link).body()).contains("Go back to your agent");
    assertThat(text(json(world.agent.post(url, world.token.signed(), toolCall("read")))))
        .isEqualTo("did read");
    assertThat(world.auth.tokenRequests()).hasSize(1);
  }

  private String link(String url) {
    JsonNode refused = json(world.agent.post(url, world.token.signed(), toolCall("read")));
    return refused.at("/result/structuredContent/auth_url").asString();
  }

  @Test
  void perSessionThenEachSessionSignsInForItself() {
    world.connects(world.appId, Map.of("perSession", true));
    world.connect();
    assertThat(text(world.callTool("read"))).isEqualTo("did read");

    world.token = world.token.with("sid", Unique.name("sid"));

    assertThat(world.link()).isNotEmpty();
  }
}
