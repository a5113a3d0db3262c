package dev.sallyport.apps.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.Traffic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClientSettingsTest {
  private static final String URL = "https://gate.example/mcp/apps/everything";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void settingsWhenMcpThenEveryJsonIsWellFormedAndNamesTheUrl() {
    assertThat(json("VS Code").at("/servers/everything/url").stringValue()).isEqualTo(URL);
    assertThat(json("Cursor").at("/mcpServers/everything/url").stringValue()).isEqualTo(URL);
    assertThat(json("Claude Desktop").at("/mcpServers/everything/args/1").stringValue())
        .isEqualTo(URL);
  }

  @Test
  void settingsWhenMcpThenCurlSendsAnInitialize() {
    String curl = text("curl");
    String body = curl.substring(curl.indexOf("'{") + 1, curl.lastIndexOf('\''));
    JsonNode message = JSON.readTree(body);
    assertThat(message.at("/method").stringValue()).isEqualTo("initialize");
    assertThat(message.at("/params/clientInfo/name").isString()).isTrue();
    assertThat(curl).startsWith("curl -sS " + URL + " \\\n");
  }

  @Test
  void settingsWhenMcpThenClaudeCodeTakesOneCommand() {
    assertThat(text("Claude Code"))
        .isEqualTo(
            """
            claude mcp add --transport http everything %s \\
              --header "Authorization: Bearer $TOKEN\""""
                .formatted(URL));
  }

  @Test
  void settingsWhenHttpThenOnlyCurl() {
    AppDetails app = app("http", "https://gate.example/apps/everything");
    assertThat(ClientSettings.of(app)).extracting(ClientSettings::client).containsExactly("curl");
    assertThat(ClientSettings.of(app).getFirst().text()).contains(app.url() + "/ ");
  }

  @Test
  void metadataUrlWhenMcpThenThePathIsInserted() {
    assertThat(ClientSettings.metadataUrl(app("mcp", URL)))
        .isEqualTo("https://gate.example/.well-known/oauth-protected-resource/mcp/apps/everything");
  }

  private static JsonNode json(String client) {
    return JSON.readTree(text(client));
  }

  private static String text(String client) {
    return ClientSettings.of(app("mcp", URL)).stream()
        .filter(settings -> settings.client().equals(client))
        .findFirst()
        .orElseThrow()
        .text();
  }

  private static AppDetails app(String kind, String url) {
    return new AppDetails(
        "app_1",
        "everything",
        "",
        "http://127.0.0.1:3001/mcp",
        kind,
        url,
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        true,
        null,
        Traffic.STANDARD,
        1,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
