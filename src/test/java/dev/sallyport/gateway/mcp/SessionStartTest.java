package dev.sallyport.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionStartTest {
  private static final String PARAMS =
      "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"roots\":{}},"
          + "\"clientInfo\":{\"name\":\"n\",\"version\":\"1\"}";

  private static SessionStart start(String params) {
    String json =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{" + params + "}}";
    return SessionStart.of(McpMessage.read(json.getBytes(StandardCharsets.UTF_8)).getFirst());
  }

  @Test
  void textThenGivesTheSameStart() {
    SessionStart start = SessionStart.ofText(start(PARAMS).text());

    assertThat(start.text()).doesNotContain("\n");
    assertThat(start.version()).isEqualTo("2025-06-18");
    assertThat(start.message()).contains(PARAMS, "\"method\":\"initialize\"");
  }

  @Test
  void startWhenLongThenCutDownToWhatMustBeThere() {
    String info = "\"clientInfo\":{\"name\":\"" + "n".repeat(2_000) + "\",\"version\":\"1\"}";
    String text = start("\"protocolVersion\":\"2025-06-18\"," + info).text();

    assertThat(text.length()).isLessThan(200);
    assertThat(text).contains("\"clientInfo\":{\"name\":\"client\"");
  }

  @Test
  void versionWhenUnknownThenTheOneThatTheClientWasTold() {
    assertThat(start("\"protocolVersion\":\"1999-01-01\"").version()).isEqualTo("2025-11-25");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":\"2025-06-18\"}}",
        "event: message\ndata: {\"id\":0,\"result\":{\"protocolVersion\":\"2025-06-18\"}}\n\n",
        "id: 1\ndata:\n\ndata:{\"result\":{\"protocolVersion\":\"2025-06-18\"}}\n\n"
      })
  void agreedWhenTheServerTakesTheVersion(String answer) {
    assertThat(start(PARAMS).isAgreed(answer)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"result\":{\"protocolVersion\":\"2025-03-26\"}}",
        "{\"error\":{\"code\":-32602}}",
        "{\"broken",
        "data: x",
        ""
      })
  void notAgreedWhenItDoesNot(String answer) {
    assertThat(start(PARAMS).isAgreed(answer)).isFalse();
  }
}
