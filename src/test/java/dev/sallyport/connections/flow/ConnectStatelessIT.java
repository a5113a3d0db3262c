package dev.sallyport.connections.flow;

import static dev.sallyport.connections.flow.ConnectionWorld.json;
import static dev.sallyport.connections.flow.ConnectionWorld.text;
import static dev.sallyport.connections.flow.McpAgent.URLS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.EventReader;
import dev.sallyport.testing.RunningServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Clients without sessions, from 2026-07-28 on, while an account is not connected and afterwards.
@ExtendWith(RunningServer.Extension.class)
class ConnectStatelessIT {
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
  void statelessWhenClientOpensUrlsThenInputRequiredAndTheSameCallWorksLater() {
    JsonNode asked = json(agent.callStateless(URLS));
    assertThat(asked.at("/result/resultType").asString()).isEqualTo("input_required");

    world.finish(asked.at("/result/inputRequests/sallyport-connection/params/url").asString());

    assertThat(text(json(agent.callStateless(URLS)))).isEqualTo("did read");
  }

  @Test
  void statelessWhenClientOpensNoUrlsThenTextAndTheSameCallWorksLater() {
    JsonNode told = json(agent.callStateless(""));
    assertThat(told.at("/result/resultType").asString()).isEqualTo("complete");

    world.finish(told.at("/result/structuredContent/auth_url").asString());

    assertThat(text(json(agent.callStateless("")))).isEqualTo("did read");
  }

  private static final String ACKNOWLEDGED =
      """
      message {"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":\
      {"notifications":{%s},"_meta":{"io.modelcontextprotocol/subscriptionId":7}}}""";
  private static final String OVER =
      """
      message {"jsonrpc":"2.0","id":7,"result":{"resultType":"complete",\
      "_meta":{"io.modelcontextprotocol/subscriptionId":7}}}""";

  @Test
  void subscriptionToToolsThenToldWhenThePersonHasConnected() {
    try (EventReader events =
        agent.listen("\"toolsListChanged\":true,\"promptsListChanged\":true")) {
      events.await(ACKNOWLEDGED.formatted("\"toolsListChanged\":true"));

      world.connect();

      events.awaitEnd();
      assertThat(events.seen().subList(1, 3))
          .containsExactly(
              """
              message {"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":\
              {"_meta":{"io.modelcontextprotocol/subscriptionId":7}}}""",
              OVER);
    }
  }

  @Test
  void subscriptionToNothingThatWillHappenThenOverAtOnce() {
    try (EventReader events = agent.listen("\"promptsListChanged\":true")) {
      events.awaitEnd();
      assertThat(events.seen()).containsExactly(ACKNOWLEDGED.formatted(""), OVER);
    }
  }
}
