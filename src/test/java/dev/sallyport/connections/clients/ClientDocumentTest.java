package dev.sallyport.connections.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClientDocumentTest {
  private static final String OWN = "https://gate.example/.well-known/oauth-client.json";

  private static ClientDocument with(String publicUrl, String... clientId) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SALLYPORT_MASTER_KEY", "c2VjcmV0LW1hc3Rlci1rZXk=");
    environment.put("SALLYPORT_PUBLIC_URL", publicUrl);
    if (clientId.length > 0) {
      environment.put("SALLYPORT_CONNECTION_CLIENT_ID", clientId[0]);
    }
    ClientDocument document = new ClientDocument();
    document.settings = Settings.read(environment);
    return document;
  }

  @Test
  void servedWhenPublicUrlIsHttpsThenDescribesThisGateway() {
    ClientDocument document = with("https://gate.example/");
    assertThat(document.clientId()).contains(OWN);
    JsonNode read = JsonMapper.shared().readTree(document.served().orElseThrow());
    assertThat(read)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {
                      "client_id": "https://gate.example/.well-known/oauth-client.json",
                      "client_name": "Sallyport",
                      "client_uri": "https://gate.example",
                      "redirect_uris": ["https://gate.example/oauth/connect/callback"],
                      "grant_types": ["authorization_code", "refresh_token"],
                      "response_types": ["code"],
                      "token_endpoint_auth_method": "none",
                      "application_type": "web",
                      "software_id": "sallyport"
                    }
                    """));
  }

  @Test
  void servedWhenTheSettingIsOurOwnUrlThenServed() {
    assertThat(with("https://gate.example", OWN).served()).isPresent();
  }

  @Test
  void servedWhenAnExternalClientIdIsSetThenKeptThere() {
    ClientDocument document = with("https://gate.example", "https://www.example/client.json");
    assertThat(document.clientId()).contains("https://www.example/client.json");
    assertThat(document.served()).isEmpty();
  }

  @Test
  void clientIdWhenPublicUrlIsPlainThenNone() {
    ClientDocument document = with("http://127.0.0.1:8080");
    assertThat(document.clientId()).isEmpty();
    assertThat(document.served()).isEmpty();
    assertThat(document.redirectUri()).isEqualTo("http://127.0.0.1:8080/oauth/connect/callback");
  }
}
