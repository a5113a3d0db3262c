package dev.sallyport.connections.flow;

import static dev.sallyport.connections.flow.ConnectionWorld.json;
import static dev.sallyport.connections.flow.ConnectionWorld.text;
import static dev.sallyport.connections.flow.ConnectionWorld.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What agents are answered while an account is not connected, and what becomes of their calls when
/// the app's server wants a better token.
@ExtendWith(RunningServer.Extension.class)
class ConnectedCallsIT {
  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final String URLS = "\"elicitation\":{\"form\":{},\"url\":{}}";

  private ConnectionWorld world;

  @BeforeEach
  void open(RunningServer server) {
    world = new ConnectionWorld(server);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private HttpResponse<String> initialize(String version, String capabilities) {
    HttpResponse<String> started =
        world.send(
            """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"%s",
            "capabilities":{%s},"clientInfo":{"name":"t","version":"1"}}}"""
                .formatted(version, capabilities));
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    return started;
  }

  private static String session(HttpResponse<String> started) {
    return started.headers().firstValue(SESSION).orElseThrow();
  }

  private JsonNode call(String version, String session) {
    return json(world.send(toolCall("read"), SESSION, session, VERSION, version));
  }

  private static String stateless(String capabilities) {
    return """
        {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read","arguments":{},
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
        "io.modelcontextprotocol/clientCapabilities":{%s}}}}"""
        .formatted(capabilities);
  }

  private HttpResponse<String> sendStateless(String capabilities) {
    return world.send(
        stateless(capabilities),
        VERSION,
        "2026-07-28",
        "Mcp-Method",
        "tools/call",
        "Mcp-Name",
        "read");
  }

  private void finish(String link) {
    world.signIn();
    String query = world.auth.answer(world.agree(world.browser, link));
    assertThat(world.callback(world.browser, query).statusCode()).isEqualTo(200);
  }

  @Test
  void sessionWhenClientOpensUrlsThenAskedToAndTheSameCallWorksLater() {
    HttpResponse<String> started = initialize("2025-11-25", URLS);
    String session = session(started);
    assertThat(session).startsWith("v1.");
    assertThat(json(started).at("/result/capabilities/tools").isObject()).isTrue();

    JsonNode refused = call("2025-11-25", session);
    assertThat(refused.at("/error/code").asInt()).isEqualTo(-32042);
    assertThat(refused.at("/id").asInt()).isEqualTo(7);
    finish(refused.at("/error/data/elicitations/0/url").asString());

    JsonNode worked = call("2025-11-25", session);
    assertThat(text(worked)).as(worked.toString()).isEqualTo("did read");
    assertThat(text(call("2025-11-25", session))).isEqualTo("did read");
    List<String> methods = world.remote.seen().stream().map(s -> s.method()).toList();
    assertThat(methods)
        .containsExactly("initialize", "notifications/initialized", "tools/call", "tools/call");
    assertThat(world.remote.seen().getLast().session()).startsWith("upstream-");
  }

  @ParameterizedTest
  @CsvSource({"2025-11-25, ''", "2025-06-18, ''", "2025-03-26, ''"})
  void sessionWhenClientOpensNoUrlsThenTextAndTheSameCallWorksLater(
      String version, String capabilities) {
    String session = session(initialize(version, capabilities));

    JsonNode refused = call(version, session);
    finish(refused.at("/result/structuredContent/auth_url").asString());

    assertThat(refused.at("/result/content/0/text").asString()).contains("/oauth/connect/start");
    // The server agrees to 2025-11-25 alone: elsewhere the client must begin anew.
    HttpResponse<String> later = world.send(toolCall("read"), SESSION, session, VERSION, version);
    assertThat(later.statusCode())
        .as(later.body())
        .isEqualTo(version.equals("2025-11-25") ? 200 : 404);
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

  @Test
  void parametersOfTheAppThenInTheRequest() {
    world.connects(
        world.appId,
        Map.of(
            "authorizeParameters",
            Map.of("access_type", "offline"),
            "scopes",
            List.of("tools", "offline_access")));
    world.signIn();

    assertThat(world.agree(world.browser, world.link()))
        .containsEntry("access_type", "offline")
        .containsEntry("scope", "offline_access tools");
  }

  @Test
  void ownWhenConnectedWithoutAnAgentThenAgentsNeedOnlyConsent() {
    world.signIn();
    String own = "/oauth/connect/start?app=" + world.appId;
    assertThat(world.browser.get(own).body()).contains("for agents that you allow");
    Map<String, String> asked = world.agree(world.browser, own);
    assertThat(world.callback(world.browser, world.auth.answer(asked)).statusCode()).isEqualTo(200);

    assertThat(world.allow(world.browser, world.link()).body()).contains("Go back to your agent");

    assertThat(text(world.callTool("read"))).isEqualTo("did read");
    assertThat(world.auth.tokenRequests()).hasSize(1);
  }

  @Test
  void sessionWhenItBeganConnectedThenItsStartIsRemembered() {
    world.connect();
    String session = session(initialize("2025-11-25", URLS));
    assertThat(text(call("2025-11-25", session))).isEqualTo("did read");

    world.auth.forgetAll();
    JsonNode refused = call("2025-11-25", session);

    assertThat(refused.at("/error/code").asInt()).isEqualTo(-32042);
  }

  @Test
  void sessionWhenOfAnotherPersonThenNotFound() {
    String session = session(initialize("2025-11-25", URLS));
    world.token = world.token.with("sub", Unique.name("other"));

    HttpResponse<String> answer =
        world.send(toolCall("read"), SESSION, session, VERSION, "2025-11-25");

    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @Test
  void notificationThenAcceptedAndToolsThenOneThatGivesTheLink() {
    String session = session(initialize("2025-06-18", ""));
    HttpResponse<String> noted =
        world.send(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", SESSION, session);
    assertThat(noted.statusCode()).isEqualTo(202);

    String list = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";
    JsonNode tools = json(world.send(list, SESSION, session)).at("/result/tools");

    assertThat(tools.size()).isEqualTo(1);
    assertThat(tools.at("/0/name").asString()).isEqualTo("connect_account");
  }

  @Test
  void statelessWhenClientOpensUrlsThenInputRequiredAndTheSameCallWorksLater() {
    JsonNode asked = json(sendStateless(URLS));
    assertThat(asked.at("/result/resultType").asString()).isEqualTo("input_required");

    finish(asked.at("/result/inputRequests/sallyport-connection/params/url").asString());

    assertThat(text(json(sendStateless(URLS)))).isEqualTo("did read");
  }

  @Test
  void statelessWhenClientOpensNoUrlsThenTextAndTheSameCallWorksLater() {
    JsonNode told = json(sendStateless(""));
    assertThat(told.at("/result/resultType").asString()).isEqualTo("complete");

    finish(told.at("/result/structuredContent/auth_url").asString());

    assertThat(text(json(sendStateless("")))).isEqualTo("did read");
  }

  @Test
  void httpAppThenAProblemWithTheLinkAndTheSameCallWorksLater() {
    String name = Unique.name("http");
    Rest.Answer app =
        world.rest.post(
            "apps",
            Map.of("name", name, "labels", Map.of("test", world.name), "uri", world.remote.url()));
    assertThat(app.status()).as(app.text()).isEqualTo(201);
    world.connects(app.at("/id"), Map.of());
    String url = app.at("/url");

    HttpResponse<String> refused = world.agent.get(url + "/x", world.token.signed());

    assertThat(refused.statusCode()).isEqualTo(401);
    JsonNode problem = json(refused);
    assertThat(problem.at("/code").asString()).isEqualTo("connection-required");
    assertThat(problem.at("/challenge/status").asString()).isEqualTo("auth_required");
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("Sallyport-Connect ")
        .doesNotContain("Bearer");
    finish(problem.at("/auth_url").asString());
    assertThat(world.agent.get(url + "/x", world.token.signed()).statusCode()).isEqualTo(202);
  }

  @Test
  void tokenWhenRefusedByTheServerThenRefreshedAndTheCallSentAgain() {
    world.connect();
    assertThat(text(world.callTool("read"))).isEqualTo("did read");
    world.ageTokens();

    world.auth.expireAll();

    assertThat(text(world.callTool("read"))).isEqualTo("did read");
    assertThat(world.auth.tokenRequests()).hasSize(2);
    assertThat(world.auth.tokenRequests().getLast()).containsEntry("grant_type", "refresh_token");
  }

  @Test
  void grantWhenRevokedAtItsServerThenTheLinkAgain() {
    world.connect();
    world.auth.forgetAll();

    assertThat(world.link()).isNotEmpty();
  }

  @Test
  void grantWhenRevokedHereThenTheLinkAgain() {
    world.connect();
    assertThat(text(world.callTool("read"))).isEqualTo("did read");

    Rest.Answer mine = world.rest.get("connections?all=true&user=" + world.idp.subject());
    assertThat(world.rest.delete("connections/" + mine.at("/items/0/id")).status())
        .as(mine.text())
        .isBetween(200, 204);

    Await.until(
        "the link", () -> !world.callTool("read").at("/result/structuredContent").isEmpty());
  }

  @Test
  void scopeWhenTheServerWantsMoreThenOneSignInForAllAndTheSameCallWorks() {
    world.connect();

    JsonNode refused = world.callTool("write");
    String link = refused.at("/result/structuredContent/auth_url").asString();
    assertThat(link).contains("/oauth/connect/start?link=");
    Map<String, String> asked = world.agree(world.browser, link);
    assertThat(asked.get("scope")).isEqualTo("tools write");
    world.callback(world.browser, world.auth.answer(asked));

    assertThat(text(world.callTool("write"))).isEqualTo("did write");
    assertThat(text(world.callTool("read"))).isEqualTo("did read");
  }

  @Test
  void scopeWhenNeverGivenThenPeopleAreNotSentRoundForEver() {
    world.connect();
    world.auth.withholds("write");
    for (int i = 0; i < 3; i++) {
      String link = world.callTool("write").at("/result/structuredContent/auth_url").asString();
      String query = world.auth.answer(world.agree(world.browser, link));
      assertThat(world.callback(world.browser, query).statusCode()).isEqualTo(200);
    }

    HttpResponse<String> answer = world.send(toolCall("write"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("connection-scopes", "write");
    assertThat(text(world.callTool("read"))).isEqualTo("did read");
  }

  @Test
  void appWithoutConnectionWhenItsServerWantsASignInThenNo401AndAHint() {
    String path = "apps/" + world.appId + "/upstream-credential";
    world.rest.put(path, world.rest.get(path).etag(), Map.of("kind", "assertion"));

    HttpResponse<String> answer = world.send(toolCall("read"));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("upstream-wants-sign-in");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
  }
}
