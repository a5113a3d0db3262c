package dev.sallyport.connections.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import dev.sallyport.connections.remote.AuthorizationServer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    document.addresses = new ReturnAddresses();
    document.addresses.settings = document.settings;
    return document;
  }

  private static AuthorizationServer server(String issuer, boolean namesItself) {
    URI url = URI.create(issuer + "/x");
    return new AuthorizationServer(
        issuer, url, url, null, null, Set.of(), Set.of(), namesItself, true);
  }

  private static final AuthorizationServer NAMED = server("https://as.example", true);
  private static final AuthorizationServer UNNAMED = server("https://quiet.example", false);

  @Test
  void servedWhenPublicUrlIsHttpsThenDescribesThisGateway() {
    ClientDocument document = with("https://gate.example/");
    assertThat(document.clientId(NAMED)).contains(OWN);
    JsonNode read = JsonMapper.shared().readTree(document.at(ClientDocument.PATH).orElseThrow());
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
    assertThat(with("https://gate.example", OWN).at(ClientDocument.PATH)).isPresent();
  }

  @Test
  void servedWhenAnExternalClientIdIsSetThenKeptThere() {
    ClientDocument document = with("https://gate.example", "https://www.example/client.json");
    assertThat(document.clientId(NAMED)).contains("https://www.example/client.json");
    assertThat(document.at(ClientDocument.PATH)).isEmpty();
  }

  @Test
  void clientIdWhenAnExternalOneIsSetThenNoneWhereAnAddressOfOnesOwnIsNeeded() {
    assertThat(with("https://gate.example", "https://www.example/client.json").clientId(UNNAMED))
        .isEmpty();
  }

  @Test
  void clientIdWhenAnswersNameNobodyThenADocumentForThatServerAlone() {
    ClientDocument document = with("https://gate.example");
    String id = document.clientId(UNNAMED).orElseThrow();

    assertThat(id).startsWith("https://gate.example/.well-known/oauth-client/").isNotEqualTo(OWN);
    assertThat(document.clientId(server("https://quiet.example/", false))).contains(id);
    assertThat(document.clientId(server("https://other.example", false)))
        .isPresent()
        .isNotEqualTo(Optional.of(id));
    JsonNode read =
        JsonMapper.shared().readTree(document.at(URI.create(id).getPath()).orElseThrow());
    assertThat(read.get("client_id").asString()).isEqualTo(id);
    assertThat(read.get("redirect_uris").valueStream().map(JsonNode::asString))
        .containsExactly(document.addresses.own("https://quiet.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/oauth-client/",
        "/.well-known/oauth-client/0123456789abcdef01234567",
        "/.well-known/oauth-client/0123456789ABCDEF01234567.json",
        "/.well-known/oauth-client/../oauth-client.json",
        "/.well-known/oauth-client.json/"
      })
  void atWhenThePathIsNoneOfOursThenNothing(String path) {
    assertThat(with("https://gate.example").at(path)).isEmpty();
  }

  @Test
  void clientIdWhenPublicUrlIsPlainThenNone() {
    ClientDocument document = with("http://127.0.0.1:8080");
    assertThat(document.clientId(NAMED)).isEmpty();
    assertThat(document.clientId(UNNAMED)).isEmpty();
    assertThat(document.at(ClientDocument.PATH)).isEmpty();
    assertThat(document.addresses.of(NAMED))
        .isEqualTo("http://127.0.0.1:8080/oauth/connect/callback");
  }
}
