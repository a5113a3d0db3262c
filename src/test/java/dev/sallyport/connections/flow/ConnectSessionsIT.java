package dev.sallyport.connections.flow;

import static dev.sallyport.connections.flow.ConnectionWorld.json;
import static dev.sallyport.connections.flow.ConnectionWorld.text;
import static dev.sallyport.connections.flow.ConnectionWorld.toolCall;
import static dev.sallyport.connections.flow.McpAgent.SESSION;
import static dev.sallyport.connections.flow.McpAgent.URLS;
import static dev.sallyport.connections.flow.McpAgent.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.EventReader;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Clients with sessions, up to 2025-11-25, while an account is not connected and afterwards.
@ExtendWith(RunningServer.Extension.class)
class ConnectSessionsIT {
  private ConnectionWorld world;
  private McpAgent agent;

  @BeforeEach
  void open(RunningServer server) {
    world = new ConnectionWorld(server);
    agent = new McpAgent(world);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void sessionWhenClientOpensUrlsThenAskedToAndTheSameCallWorksLater() {
    HttpResponse<String> started = agent.initialize("2025-11-25", URLS);
    String session = McpAgent.session(started);
    assertThat(session).startsWith("v1.");
    assertThat(json(started).at("/result/capabilities/tools").isObject()).isTrue();

    JsonNode refused = agent.call("2025-11-25", session);
    assertThat(refused.at("/error/code").asInt()).isEqualTo(-32042);
    assertThat(refused.at("/id").asInt()).isEqualTo(7);
    world.finish(refused.at("/error/data/elicitations/0/url").asString());

    JsonNode worked = agent.call("2025-11-25", session);
    assertThat(text(worked)).as(worked.toString()).isEqualTo("did read");
    assertThat(text(agent.call("2025-11-25", session))).isEqualTo("did read");
    List<String> methods = world.remote.seen().stream().map(s -> s.method()).toList();
    assertThat(methods)
        .containsExactly("initialize", "notifications/initialized", "tools/call", "tools/call");
    assertThat(world.remote.seen().getLast().session()).startsWith("upstream-");
  }

  @ParameterizedTest
  @CsvSource({"2025-11-25, ''", "2025-06-18, ''", "2025-03-26, ''"})
  void sessionWhenClientOpensNoUrlsThenTextAndTheSameCallWorksLater(
      String version, String capabilities) {
    String session = agent.begin(version, capabilities);

    JsonNode refused = agent.call(version, session);
    world.finish(refused.at("/result/structuredContent/auth_url").asString());

    assertThat(refused.at("/result/content/0/text").asString()).contains("/oauth/connect/start");
    // The server agrees to 2025-11-25 alone: elsewhere the client must begin anew.
    HttpResponse<String> later = world.send(toolCall("read"), SESSION, session, VERSION, version);
    assertThat(later.statusCode())
        .as(later.body())
        .isEqualTo(version.equals("2025-11-25") ? 200 : 404);
  }

  @Test
  void sessionWhenItBeganConnectedThenItsStartIsRemembered() {
    world.connect();
    String session = agent.begin("2025-11-25", URLS);
    assertThat(text(agent.call("2025-11-25", session))).isEqualTo("did read");

    world.auth.forgetAll();
    JsonNode refused = agent.call("2025-11-25", session);

    assertThat(refused.at("/error/code").asInt()).isEqualTo(-32042);
  }

  @Test
  void sessionWhenOfAnotherPersonThenNotFound() {
    String session = agent.begin("2025-11-25", URLS);
    world.token = world.token.with("sub", Unique.name("other"));

    HttpResponse<String> answer =
        world.send(toolCall("read"), SESSION, session, VERSION, "2025-11-25");

    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @Test
  void notificationThenAcceptedAndToolsThenOneThatGivesTheLink() {
    String session = agent.begin("2025-06-18", "");
    HttpResponse<String> noted =
        world.send(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", SESSION, session);
    assertThat(noted.statusCode()).isEqualTo(202);

    String list = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";
    JsonNode tools = json(world.send(list, SESSION, session)).at("/result/tools");

    assertThat(tools.size()).isEqualTo(1);
    assertThat(tools.at("/0/name").asString()).isEqualTo("connect_account");
  }

  private static final String TOOLS =
      "message {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";

  private static String settled(JsonNode refused) {
    return """
        message {"jsonrpc":"2.0","method":"notifications/elicitation/complete",\
        "params":{"elicitationId":"%s"}}"""
        .formatted(refused.at("/error/data/elicitations/0/elicitationId").asString());
  }

  @Test
  void streamThenToldWhenThePersonIsDoneAndTheSameCallWorks() {
    String session = agent.begin("2025-11-25", URLS);
    JsonNode refused = agent.call("2025-11-25", session);
    try (EventReader events = agent.events("2025-11-25", session)) {
      world.finish(refused.at("/error/data/elicitations/0/url").asString());

      events.awaitEnd();
      assertThat(events.seen()).containsExactly(settled(refused), TOOLS);
    }
    assertThat(text(agent.call("2025-11-25", session))).isEqualTo("did read");
  }

  @Test
  void streamWhenClientOpensNoUrlsThenToldOfTheToolsAlone() {
    String session = agent.begin("2025-06-18", "");
    try (EventReader events = agent.events("2025-06-18", session)) {
      world.connect();

      events.awaitEnd();
      assertThat(events.seen()).containsExactly(TOOLS);
    }
  }

  @Test
  void streamWhenOnlyAnotherPersonIsDoneThenItWaits() {
    String session = agent.begin("2025-11-25", URLS);
    try (EventReader events = agent.events("2025-11-25", session);
        ConnectionWorld other = new ConnectionWorld(world.server)) {
      other.connect();
      assertThat(text(other.callTool("read"))).isEqualTo("did read");

      assertThat(events.isOpen()).isTrue();
      assertThat(events.seen()).isEmpty();
    }
  }

  @Test
  void streamWhenConsentAloneWasMissingThenToldAsWell() {
    world.connect();
    world.token = world.token.with("azp", Unique.name("agent"));
    String session = agent.begin("2025-11-25", URLS);
    JsonNode refused = agent.call("2025-11-25", session);
    try (EventReader events = agent.events("2025-11-25", session)) {
      world.allow(world.browser, refused.at("/error/data/elicitations/0/url").asString());

      events.awaitEnd();
      assertThat(events.seen()).contains(settled(refused));
    }
  }

  @Test
  void streamWhenOpenedTwiceThenTheFirstEnds() {
    String session = agent.begin("2025-11-25", URLS);
    try (EventReader first = agent.events("2025-11-25", session);
        EventReader second = agent.events("2025-11-25", session)) {
      first.awaitEnd();
      world.connect();

      second.awaitEnd();
      assertThat(first.seen()).isEmpty();
      assertThat(second.seen()).contains(TOOLS);
    }
  }

  @Test
  void streamWhenItsSessionEndsThenCut() {
    String session = agent.begin("2025-11-25", URLS);
    try (EventReader events = agent.events("2025-11-25", session)) {
      String id = world.rest.get("app-sessions?app=" + world.name).at("/items/0/id");
      assertThat(world.rest.delete("app-sessions/" + id).status()).isBetween(200, 204);

      events.awaitEnd();
      assertThat(events.seen()).isEmpty();
    }
  }

  @Test
  void streamWhenTheSessionIsAnotherPersonsThenNotFound() {
    String session = agent.begin("2025-11-25", URLS);
    world.token = world.token.with("sub", Unique.name("other"));

    assertThat(agent.stream("2025-11-25", session).statusCode()).isEqualTo(404);
  }
}
