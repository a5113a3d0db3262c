package dev.sallyport.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestIssuer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.json.JsonMapper;

/// A rule for one workload of an issuer, and tokens that fit it.
class WorkloadFixture {
  static final JsonMapper JSON = new JsonMapper();
  static final String SUBJECT = "repo:acme/web:ref:refs/heads/main";

  final GatewayClient client = new GatewayClient();
  final TestIssuer issuer = TestIssuer.create();
  final String name = Unique.name("rule");
  final String audience = Unique.name("audience");
  RunningServer server;
  Rest admin;

  @BeforeEach
  void prepare(RunningServer running) {
    server = running;
    admin = Rest.admin(server);
    Rest.Answer registered =
        admin.post("issuers", Map.of("issuer", issuer.iss(), "staticJwks", issuer.jwks()));
    assertThat(registered.status()).isEqualTo(201);
  }

  @AfterEach
  void close() {
    client.close();
  }

  Map<String, Object> input() {
    return new HashMap<>(
        Map.of(
            "name",
            name,
            "issuer",
            issuer.iss(),
            "audience",
            audience,
            "conditions",
            List.of(condition("sub", "repo:acme/*")),
            "role",
            "r-viewer"));
  }

  static Map<String, Object> condition(String claim, String... anyOf) {
    return Map.of("claim", claim, "anyOf", List.of(anyOf));
  }

  Rest.Answer made(Map<String, Object> input) {
    Rest.Answer made = admin.post("auth/workloads", input);
    assertThat(made.status()).isEqualTo(201);
    return made;
  }

  TestToken token() {
    return issuer.token(audience).with("sub", SUBJECT);
  }

  HttpResponse<String> call(String token) {
    return client.get(server.base() + "/api/v1/auth/me", token);
  }

  void assertRefused(TestToken token, String code) {
    HttpResponse<String> refused = call(token.signed());
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("\"code\":\"" + code + "\"");
  }
}
