package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DumperApp;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/// How a client without a token learns where to sign in.
@ExtendWith(RunningServer.Extension.class)
class DiscoveryIT {
  private static final JsonMapper JSON = new JsonMapper();

  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private Entrance entrance;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, "mcp+" + upstream.url() + "/mcp");
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  @Test
  void callWhenTokenlessThenToldWhereTheMetadataIs(RunningServer server) {
    HttpResponse<String> answer = tokenless(entrance.url());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer resource_metadata=\"" + metadataUrl(server) + "\"");
    assertThat(JSON.readTree(answer.body()).get("code").asString()).isEqualTo("token-missing");
    assertThat(upstream.received()).isEmpty();
  }

  @Test
  void callWhenTokenlessAndScopesRequiredThenChallengeNamesThem() {
    entrance.changeConfig(Map.of("requiredScopes", List.of("mcp:read", "mcp:write")));

    assertThat(tokenless(entrance.url()).headers().firstValue("WWW-Authenticate").orElseThrow())
        .endsWith(", scope=\"mcp:read mcp:write\"");
  }

  @Test
  void metadataWhenAppIsDiscoverableThenNamesResourceAndIssuer(RunningServer server) {
    HttpResponse<String> answer = client.send("GET", metadataUrl(server), BodyPublishers.noBody());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(JSON.readTree(answer.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {
                  "resource": "%s",
                  "authorization_servers": ["%s"],
                  "bearer_methods_supported": ["header"],
                  "resource_name": "%s"
                }
                """
                    .formatted(entrance.url(), entrance.issuer().iss(), entrance.name())));
  }

  private HttpResponse<String> tokenless(String url) {
    return client.send("POST", url, BodyPublishers.ofString("{}"));
  }

  private String metadataUrl(RunningServer server) {
    return server.base() + "/.well-known/oauth-protected-resource/mcp/apps/" + entrance.name();
  }
}
