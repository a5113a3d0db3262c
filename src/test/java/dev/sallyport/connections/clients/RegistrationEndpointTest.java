package dev.sallyport.connections.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.OutboundSettings;
import dev.sallyport.config.Settings;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.crypto.Secret;
import dev.sallyport.http.AddressGuard;
import dev.sallyport.http.GuardedResolver;
import dev.sallyport.http.OutboundHttp;
import dev.sallyport.http.OwnEndpoints;
import dev.sallyport.testing.RemoteMcp;
import dev.sallyport.testing.RemoteMcp.Reply;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How this gateway registers itself.
class RegistrationEndpointTest {
  private final RemoteMcp mcp = RemoteMcp.start();
  private final OutboundHttp http = http();
  private final RegistrationEndpoint endpoint = new RegistrationEndpoint();
  private final ReturnAddresses addresses = new ReturnAddresses();

  RegistrationEndpointTest() {
    addresses.settings = Settings.read(Map.of("SALLYPORT_MASTER_KEY", "c2VjcmV0LW1hc3Rlci1rZXk="));
    endpoint.http = http;
    endpoint.settings = addresses.settings;
    endpoint.addresses = addresses;
    endpoint.clock = Clock.systemUTC();
  }

  @AfterEach
  void stop() {
    http.close();
    mcp.close();
  }

  private static OutboundHttp http() {
    List<String> allow = List.of("127.0.0.1");
    OwnEndpoints own = new OwnEndpoints(URI.create("https://gate.example"), Set.of());
    AddressGuard guard = new AddressGuard(allow, own);
    return new OutboundHttp(
        new OutboundSettings(allow, List.of(), List.of(), null, null),
        guard,
        new GuardedResolver(guard));
  }

  private AuthorizationServer server(String... methods) {
    return new AuthorizationServer(
        mcp.issuer(),
        URI.create(mcp.issuer() + "/authorize"),
        URI.create(mcp.issuer() + "/token"),
        URI.create(mcp.issuer() + "/register"),
        null,
        Set.of(),
        Set.of(methods),
        false,
        false);
  }

  private StoredClient registered(String... methods) {
    return ((RegistrationEndpoint.Answer.Registered) endpoint.register(server(methods))).client();
  }

  /// @param namesItself whether the server's answers name their issuer
  private boolean does(boolean namesItself, String address) {
    URI url = URI.create(mcp.issuer() + "/x");
    return addresses.does(
        new AuthorizationServer(
            mcp.issuer(), url, url, url, null, Set.of(), Set.of(), namesItself, false),
        address);
  }

  @Test
  void addressWhenTheServerNamesItselfThenTheCommonOneDoesAsWell() {
    String common = "http://127.0.0.1:8080/oauth/connect/callback";
    String own = addresses.own(mcp.issuer());
    assertThat(does(true, common)).isTrue();
    assertThat(does(true, own)).isTrue();
    assertThat(does(false, own)).isTrue();
    assertThat(does(false, common)).isFalse();
    assertThat(does(false, addresses.own("https://other.example"))).isFalse();
    assertThat(does(true, "https://moved.example/oauth/connect/callback")).isFalse();
  }

  private String refusal() {
    return ((RegistrationEndpoint.Answer.Refused) endpoint.register(server("none"))).detail();
  }

  @Test
  void registerThenSaysWhoThisIs() {
    OAuthClient client = registered("none").client();

    assertThat(client.kind()).isEqualTo(ClientKind.REGISTERED);
    assertThat(client.clientId()).isEqualTo("c-1");
    assertThat(client.authMethod()).isEqualTo("none");
    assertThat(client.secret()).isNull();
    JsonNode said = JsonMapper.shared().readTree(mcp.asked().getFirst().body());
    assertThat(said.get("application_type").asString()).isEqualTo("web");
    assertThat(said.get("redirect_uris").get(0).asString())
        .isEqualTo(client.redirectUri())
        .isEqualTo(addresses.own(mcp.issuer()))
        .startsWith("http://127.0.0.1:8080/oauth/connect/callback/");
    assertThat(said.get("grant_types").toString()).contains("authorization_code", "refresh_token");
    assertThat(said.get("token_endpoint_auth_method").asString()).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({
    "client_secret_basic, client_secret_basic, basic",
    "client_secret_post, client_secret_post, post",
    "private_key_jwt, none, none"
  })
  void registerThenTakesTheBestWayThatIsOffered(String offered, String asked, String kept) {
    mcp.on("/register", request -> given(request.body(), Map.of("client_secret", "s3cret")));
    StoredClient client = registered(offered);
    assertThat(mcp.asked().getFirst().body())
        .contains("\"token_endpoint_auth_method\":\"" + asked + "\"");
    assertThat(client.client().authMethod()).isEqualTo(kept);
    assertThat(client.client().secret())
        .isEqualTo(kept.equals("none") ? null : new Secret("s3cret"));
  }

  private static Reply given(String request, Map<String, Object> more) {
    Map<String, Object> client = new HashMap<>();
    client.putAll(JsonMapper.shared().readValue(request, Map.class));
    client.put("client_id", "c-9");
    client.putAll(more);
    return new Reply(201, JsonMapper.shared().writeValueAsString(client), Map.of());
  }

  @Test
  void registerWhenTheSecretEndsThenItIsKeptUntilThen() {
    Instant end = Instant.parse("2100-01-01T00:00:00Z");
    mcp.on(
        "/register",
        request ->
            given(
                request.body(),
                Map.of("client_secret", "x", "client_secret_expires_at", end.getEpochSecond())));
    StoredClient client = registered();
    assertThat(client.secretEnds()).isEqualTo(end);
    assertThat(client.isUsable(end.minusSeconds(1))).isTrue();
    assertThat(client.isUsable(end)).isFalse();
  }

  @Test
  void registerWhenRefusedThenSaysWhy() {
    mcp.on("/register", _ -> new Reply(403, "{\"error\":\"access_denied\"}", Map.of()));
    assertThat(refusal()).contains("status 403", "access_denied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "no json",
        "{\"client_id\":\"x\",\"token_endpoint_auth_method\":\"private_key_jwt\"}",
        "{\"client_id\":\"x\",\"token_endpoint_auth_method\":\"client_secret_basic\"}"
      })
  void registerWhenTheAnswerIsNoUsableClientThenRefused(String answer) {
    mcp.on("/register", _ -> new Reply(201, answer, Map.of()));
    assertThat(refusal()).contains(mcp.issuer());
  }

  @Test
  void registerWhenRedirectedThenTheRequestGoesNowhereElse() {
    mcp.on("/register", _ -> Reply.redirect("/elsewhere"));
    assertThat(refusal()).contains("redirects");
    assertThat(mcp.paths()).containsExactly("/register");
  }
}
