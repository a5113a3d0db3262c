package dev.sallyport.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.connections.AuthRequired;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SignInRepliesTest {
  private static final String URL = "https://gw.test/oauth/connect/start?link=cl-1";
  private static final String META =
      """
      "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
        "io.modelcontextprotocol/clientCapabilities":{%s}}
      """;
  private static final String ELICITS = "\"elicitation\":{\"url\":{}}";

  private final SignInReplies replies =
      new SignInReplies(new AuthRequired(URL, "jira", "Connect jira."));

  private static McpMessage request(String method, String params) {
    String json =
        "{\"jsonrpc\":\"2.0\",\"id\":\"a1\",\"method\":\"%s\",\"params\":{%s}}"
            .formatted(method, params);
    return read(json).getFirst();
  }

  private static List<McpMessage> read(String json) {
    return McpMessage.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode reply(McpMessage request, String version, boolean opensUrls) {
    JsonNode reply = replies.reply(request, McpClient.of(request, version, opensUrls));
    assertThat(reply.at("/jsonrpc").asString()).isEqualTo("2.0");
    assertThat(reply.at("/id").asString()).isEqualTo("a1");
    return reply;
  }

  private JsonNode stateless(String method, String capabilities, String params) {
    return reply(request(method, META.formatted(capabilities) + params), "2026-07-28", false);
  }

  private static void assertChallenge(JsonNode challenge) {
    assertThat(challenge.at("/status").asString()).isEqualTo("auth_required");
    assertThat(challenge.at("/auth_url").asString()).isEqualTo(URL);
    assertThat(challenge.at("/server_name").asString()).isEqualTo("jira");
    assertThat(challenge.at("/message").asString()).isEqualTo("Connect jira.");
  }

  @Test
  void callWhenClientOpensUrlsThenUrlElicitationRequired() {
    JsonNode reply = reply(request("tools/call", "\"name\":\"x\""), "2025-11-25", true);

    assertThat(reply.at("/error/code").asInt()).isEqualTo(-32042);
    JsonNode asked = reply.at("/error/data/elicitations/0");
    assertThat(asked.at("/mode").asString()).isEqualTo("url");
    assertThat(asked.at("/url").asString()).isEqualTo(URL);
    assertThat(asked.at("/elicitationId").asString()).isEqualTo("cl-1");
    assertThat(asked.at("/message").asString()).isNotEmpty();
    assertChallenge(reply.at("/error/data"));
  }

  @ParameterizedTest
  @CsvSource({"2025-11-25, false", "2025-06-18, true", "2025-06-18, false", "2025-03-26, false"})
  void callWhenClientTakesNoLinksThenTextAndStructure(String version, boolean opensUrls) {
    JsonNode reply = reply(request("tools/call", "\"name\":\"x\""), version, opensUrls);

    assertThat(reply.at("/result/content/0/text").asString()).contains(URL, "Connect jira.");
    assertChallenge(reply.at("/result/structuredContent"));
    assertThat(reply.at("/result/isError").asBoolean()).isTrue();
    assertThat(reply.at("/result/resultType").isMissingNode()).isTrue();
  }

  @Test
  void callWhenItIsOurOwnToolThenNoError() {
    String name = "\"name\":\"connect_account\"";
    JsonNode reply = reply(request("tools/call", name), "2025-06-18", false);
    assertThat(reply.at("/result/isError").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tools/call", "prompts/get", "resources/read"})
  void statelessWhenClientOpensUrlsThenInputRequired(String method) {
    JsonNode reply = stateless(method, ELICITS, ",\"requestState\":\"of=the server\"");

    assertThat(reply.at("/result/resultType").asString()).isEqualTo("input_required");
    JsonNode asked = reply.at("/result/inputRequests/sallyport-connection");
    assertThat(asked.at("/method").asString()).isEqualTo("elicitation/create");
    assertThat(asked.at("/params/mode").asString()).isEqualTo("url");
    assertThat(asked.at("/params/url").asString()).isEqualTo(URL);
    JsonNode challenge = reply.at("/result/_meta").path("dev.sallyport/challenge");
    assertThat(challenge.propertyNames())
        .containsExactlyInAnyOrder("status", "auth_url", "server_name", "message");
    assertThat(challenge.path("auth_url").asString()).isEqualTo(URL);
    assertThat(reply.at("/result/requestState").asString()).isEqualTo("of=the server");
  }

  @Test
  void statelessWhenThereWasNoStateThenNoneIsMadeUp() {
    JsonNode reply = stateless("tools/call", ELICITS, "");
    assertThat(reply.at("/result/requestState").isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"decline", "cancel"})
  void statelessWhenThePersonWouldNotThenNotAskedAgain(String action) {
    String answered =
        ",\"inputResponses\":{\"sallyport-connection\":{\"action\":\"" + action + "\"}}";
    JsonNode reply = stateless("tools/call", ELICITS, answered);

    assertThat(reply.at("/result/resultType").asString()).isEqualTo("complete");
    assertThat(reply.at("/result/isError").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"elicitation\":{}", "\"elicitation\":{\"form\":{}}"})
  void statelessWhenClientOpensNoUrlsThenTextAndStructure(String capabilities) {
    JsonNode reply = stateless("tools/call", capabilities, "");

    assertThat(reply.at("/result/resultType").asString()).isEqualTo("complete");
    assertChallenge(reply.at("/result/structuredContent"));
  }

  @Test
  void initializeThenAServerWithTheLink() {
    McpMessage start = request("initialize", "\"protocolVersion\":\"2025-06-18\"");
    JsonNode reply = reply(start, "2025-06-18", false);

    assertThat(reply.at("/result/protocolVersion").asString()).isEqualTo("2025-06-18");
    assertThat(reply.at("/result/serverInfo/name").asString()).isEqualTo("jira");
    assertThat(reply.at("/result/instructions").asString()).contains(URL);
  }

  @Test
  void initializeWhenVersionIsUnknownThenOneThatWeKnow() {
    McpMessage start = request("initialize", "\"protocolVersion\":\"2099-01-01\"");
    JsonNode reply = replies.reply(start, McpClient.started(start));
    assertThat(reply.at("/result/protocolVersion").asString()).isEqualTo("2025-11-25");
  }

  @Test
  void listThenOneToolThatGivesTheLink() {
    JsonNode inSession = reply(request("tools/list", ""), "2025-11-25", true);
    JsonNode stateless = stateless("tools/list", "", "");

    assertThat(inSession.at("/result/tools/0/name").asString()).isEqualTo("connect_account");
    assertThat(stateless.at("/result/tools/0/name").asString()).isEqualTo("connect_account");
    assertThat(stateless.at("/result/cacheScope").asString()).isEqualTo("private");
    assertThat(stateless.at("/result/ttlMs").asInt(-1)).isZero();
  }

  @Test
  void discoverThenTheStatelessVersion() {
    JsonNode reply = stateless("server/discover", "", "");
    assertThat(reply.at("/result/supportedVersions/0").asString()).isEqualTo("2026-07-28");
  }

  @Test
  void otherMethodsThenAnErrorOutsideOfReservedCodes() {
    JsonNode reply = reply(request("resources/read", ""), "2025-06-18", false);
    assertThat(reply.at("/error/code").asInt()).isGreaterThan(-32000).isNotZero();
    assertChallenge(reply.at("/error/data"));
    assertThat(reply(request("a/b", ""), "2025-06-18", false).at("/error/code").asInt())
        .isEqualTo(-32601);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "{}", "{\"jsonrpc\":\"1.0\",\"method\":\"x\"}", "7"})
  void readWhenItIsNoMessageThenNone(String body) {
    assertThat(read(body)).isEmpty();
  }

  @Test
  void readThenRequestsAreToldFromNotificationsAndAnswers() {
    List<McpMessage> all =
        read(
            """
            [{"jsonrpc":"2.0","id":1,"method":"a"},{"jsonrpc":"2.0","method":"b"},
             {"jsonrpc":"2.0","id":2,"result":{}},{"jsonrpc":"2.0","id":{},"method":"c"}]
            """);
    assertThat(all).extracting(McpMessage::isRequest).containsExactly(true, false, false, false);
  }
}
