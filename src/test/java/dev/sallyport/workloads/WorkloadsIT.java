package dev.sallyport.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.TestIssuer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Rules for workloads, and whom they let in.
@ExtendWith(RunningServer.Extension.class)
class WorkloadsIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SUBJECT = "repo:acme/web:ref:refs/heads/main";

  private final GatewayClient client = new GatewayClient();
  private final TestIssuer issuer = TestIssuer.create();
  private final String name = Unique.name("rule");
  private final String audience = Unique.name("audience");
  private RunningServer server;
  private Rest admin;

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

  private Map<String, Object> input() {
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

  private static Map<String, Object> condition(String claim, String... anyOf) {
    return Map.of("claim", claim, "anyOf", List.of(anyOf));
  }

  private Rest.Answer made(Map<String, Object> input) {
    Rest.Answer made = admin.post("auth/workloads", input);
    assertThat(made.status()).isEqualTo(201);
    return made;
  }

  private TestToken token() {
    return issuer.token(audience).with("sub", SUBJECT);
  }

  private HttpResponse<String> call(String token) {
    return client.get(server.base() + "/api/v1/auth/me", token);
  }

  private void assertRefused(TestToken token, String code) {
    HttpResponse<String> refused = call(token.signed());
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("\"code\":\"" + code + "\"");
  }

  @Test
  void callWhenARuleMatchesThenItsActor() {
    String id = made(input()).at("/id");

    HttpResponse<String> me = call(token().signed());

    assertThat(me.statusCode()).isEqualTo(200);
    assertThat(me.body())
        .contains("\"kind\":\"workload\"", "\"id\":\"" + id + "\"")
        .contains("\"name\":\"" + name + ":" + SUBJECT + "\"");
    String apps = server.base() + "/api/v1/apps";
    assertThat(client.get(apps, token().signed()).statusCode()).isEqualTo(200);
    assertThat(client.post(apps, token().signed(), "{}", "Content-Type", "application/json"))
        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(403));
    assertThat(admin.get("auth/workloads/" + id).at("/lastUsedAt")).isNotEmpty();
  }

  @Test
  void callWhenTheOwnerHoldsLessThenHoldsLess() {
    String id = made(input()).at("/id");
    String owner = person();
    own(id, owner);
    String apps = server.base() + "/api/v1/apps";
    assertThat(client.get(apps, token().signed()).statusCode()).isEqualTo(403);

    String assignment =
        admin
            .post(
                "auth/assignments",
                Map.of("actorKind", "user", "actorId", owner, "role", "r-operator"))
            .at("/id");
    assertThat(client.get(apps, token().signed()).statusCode()).isEqualTo(200);

    admin.delete("auth/assignments/" + assignment);
    assertThat(client.get(apps, token().signed()).statusCode()).isEqualTo(403);
  }

  @Test
  void callWhenTheOwnerIsGoneThenRefused() {
    String id = made(input()).at("/id");
    own(id, "usr_none");

    assertRefused(token(), "workload-unknown");
  }

  @Test
  void updateWhenByAnotherThenTheOwnerIsTheirs() {
    String id = made(input()).at("/id");
    own(id, person());
    String path = "auth/workloads/" + id;

    Rest.Answer changed = admin.change(path, input(), Map.of("name", name + "-2"));

    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.json().at("/owner").isNull()).isTrue();
  }

  @Test
  void createWhenByAPersonsKeyThenTheirs() {
    String owner = person();
    admin.post(
        "auth/assignments", Map.of("actorKind", "user", "actorId", owner, "role", "r-admin"));
    Rest.Answer key = admin.post("auth/keys", Map.of("name", Unique.name("key"), "role", "r-cli"));
    update("update api_key set owner_id = ? where id = ?", owner, key.at("/id"));

    Rest.Answer made = admin.with(new Secret(key.at("/key"))).post("auth/workloads", input());

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.at("/owner")).isEqualTo(owner);
    assertThat(admin.post("auth/users/" + owner + "/deactivate", "{}").status()).isEqualTo(200);
    assertThat(admin.get("auth/workloads/" + made.at("/id")).at("/enabled")).isEqualTo("false");
  }

  @Test
  void createWhenByAWorkloadThenRefused() {
    Map<String, Object> input = input();
    input.put("role", "r-cli");
    made(input);
    Map<String, Object> second = input();
    second.put("name", name + "-2");

    HttpResponse<String> refused =
        client.post(
            server.base() + "/api/v1/auth/workloads",
            token().signed(),
            JSON.writeValueAsString(second),
            "Content-Type",
            "application/json");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("Workloads make no rules.");
  }

  private String person() {
    String user = Unique.name("usr");
    update(
        """
        insert into app_user (id, issuer, subject, provider_id, display_name, groups, created_at)
        values (?, 'https://idp.test', ?, 'none', 'Alice', '[]', now())
        """,
        user,
        user);
    return user;
  }

  private void own(String rule, String owner) {
    update("update workload_rule set owner_id = ? where id = ?", owner, rule);
  }

  private void update(String sql, String... arguments) {
    try (Connection connection = TestDatabase.connect(server);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void callWhenTheTokenIsOfNoRuleThenRefused() {
    made(input());

    assertRefused(token().with("sub", "repo:evil/web:ref:refs/heads/main"), "workload-unknown");
    assertRefused(token().with("aud", "something else"), "workload-unknown");
    assertRefused(token().with("iss", "https://stranger.test"), "workload-unknown");
  }

  @Test
  void callWhenTheTokenIsBadThenRefusedWithTheReason() {
    made(input());
    long now = Instant.now().getEpochSecond();

    assertRefused(token().with("exp", now - 120), "token-expired");
    assertRefused(token().with("iat", now - 16 * 60), "token-too-old");
    assertRefused(token().without("iat"), "token-iat-missing");
    assertRefused(token().without("exp"), "token-exp-missing");
    assertRefused(token().with("nbf", now + 300), "token-not-yet-valid");
    assertRefused(token().with("nonce", "n"), "token-type");
    assertRefused(token().header("typ", "logout+jwt"), "token-type");
    assertRefused(token().with("cnf", Map.of("jkt", "x")), "token-sender-constrained");
    assertRefused(token().header("kid", "k2"), "token-key-unknown");
    assertThat(call(token().signedBy("P-256/" + name)).body()).contains("token-signature");
    assertThat(call(token().with("iat", now - 14 * 60).signed()).statusCode()).isEqualTo(200);
  }

  @Test
  void callWhenTwoRulesMatchThenTheMoreDemandingOne() {
    made(input());
    Map<String, Object> narrower = input();
    narrower.put("name", name + "-2");
    narrower.put("role", "r-auditor");
    narrower.put("conditions", List.of(condition("sub", "repo:acme/*"), condition("azp", "agent")));
    String id = made(narrower).at("/id");

    assertThat(call(token().signed()).body()).contains("\"id\":\"" + id + "\"");
  }

  @Test
  void callWhenTwoRulesMatchEquallyThenRefused() {
    made(input());
    Map<String, Object> other = input();
    other.put("name", name + "-2");
    other.put("conditions", List.of(condition("azp", "agent")));
    made(other);

    assertRefused(token(), "workload-ambiguous");
  }

  @Test
  void callWhenTheRuleIsDisabledOrDeletedThenRefused() {
    Rest.Answer made = made(input());
    String path = "auth/workloads/" + made.at("/id");
    assertThat(call(token().signed()).statusCode()).isEqualTo(200);

    Rest.Answer disabled = admin.change(path, input(), Map.of("enabled", false));
    assertThat(disabled.at("/state")).isEqualTo("disabled");
    assertRefused(token(), "workload-unknown");

    assertThat(admin.change(path, input(), Map.of("enabled", true)).status()).isEqualTo(200);
    assertThat(call(token().signed()).statusCode()).isEqualTo(200);
    assertThat(admin.delete(path, admin.get(path).etag()).status()).isEqualTo(204);
    assertRefused(token(), "workload-unknown");
  }

  @Test
  void callWhenScopedThenActsThereOnly() {
    Map<String, Object> scoped = input();
    scoped.put("scope", Map.of("env", List.of(name)));
    made(scoped);
    admin.post(
        "apps", Map.of("name", name, "uri", "http://h.example/", "labels", Map.of("env", name)));

    HttpResponse<String> apps = client.get(server.base() + "/api/v1/apps", token().signed());

    assertThat(JSON.readTree(apps.body()).get("items").valueStream())
        .extracting(app -> app.get("name").asString())
        .containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "*main", "^.*$"})
  void createWhenNoConditionBindsThenRefused(String pattern) {
    Map<String, Object> open = input();
    open.put("conditions", List.of(condition("sub", pattern), condition("iss", issuer.iss())));

    Rest.Answer refused = admin.post("auth/workloads", open);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("conditions");
  }

  @ParameterizedTest
  @CsvSource({
    "name,'',name",
    "issuer,https://unknown.test,issuer",
    "audience,'',audience",
    "role,r-none,role",
    "role,r-admin,role",
    "expiresAt,2020-01-01T00:00:00Z,expiresAt",
    "colour,red,colour"
  })
  void createWhenAFieldIsWrongThenNamed(String member, String value, String field) {
    Map<String, Object> wrong = input();
    wrong.put(member, value);

    Rest.Answer refused = admin.post("auth/workloads", wrong);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly(field);
  }

  @Test
  void createWhenNameIsTakenThenConflict() {
    made(input());

    assertThat(admin.post("auth/workloads", input()).code()).isEqualTo("name-taken");
  }

  @Test
  void createWhenTheAudienceOpensAppsThenConflict() {
    Entrance entrance = Entrance.to(server, "mcp+http://127.0.0.1:9/mcp");
    Map<String, Object> config = input();
    config.put("audience", Entrance.AUDIENCE);
    Map<String, Object> resource = input();
    resource.put("audience", entrance.url());
    Map<String, Object> future = input();
    future.put("audience", server.base() + "/mcp/apps/" + name);

    for (Map<String, Object> shared : List.of(config, resource, future)) {
      Rest.Answer refused = admin.post("auth/workloads", shared);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.code()).isEqualTo("audience-in-use");
    }
  }

  @Test
  void configWhenItTakesAWorkloadsAudienceThenConflict() {
    made(input());
    Entrance entrance = Entrance.to(server, "mcp+http://127.0.0.1:9/mcp");

    Rest.Answer refused = entrance.changeConfig(Map.of("jwt", entrance.jwt(audience)));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("audience-in-use");
  }

  @Test
  void createWhenTheRoleHoldsMoreThanTheCallerThenRefused() {
    Rest commandLine = admin.holding("r-cli");
    Map<String, Object> strong = input();
    strong.put("role", "r-auditor");

    assertThat(commandLine.post("auth/workloads", strong).code()).isEqualTo("confers-more");
    assertThat(commandLine.post("auth/workloads", input()).status()).isEqualTo(201);
  }

  @Test
  void updateWhenTheRuleConfersMoreThanTheCallerHoldsThenRefused() {
    Map<String, Object> strong = input();
    strong.put("role", "r-auditor");
    Rest.Answer made = made(strong);

    Rest.Answer refused =
        admin.holding("r-cli").put("auth/workloads/" + made.at("/id"), made.etag(), input());

    assertThat(refused.code()).isEqualTo("confers-more");
  }

  @Test
  void updateWhenBasedOnAnOldRevisionThenRefused() {
    Rest.Answer made = made(input());
    String path = "auth/workloads/" + made.at("/id");
    admin.change(path, input(), Map.of("role", "r-auditor"));

    assertThat(admin.put(path, made.etag(), input()).status()).isEqualTo(412);
    assertThat(admin.delete(path, made.etag()).status()).isEqualTo(412);
    assertThat(admin.delete(path).status()).isEqualTo(428);
  }

  @Test
  void issuerWhenARuleIsAboutItThenStays() {
    String id = made(input()).at("/issuerId");

    Rest.Answer refused = admin.delete("issuers/" + id, admin.get("issuers/" + id).etag());

    assertThat(refused.code()).isEqualTo("issuer-in-use");
  }

  @Test
  void rulesWhenPermissionIsMissingThenRefused() {
    Rest viewer = admin.holding("r-viewer");
    Rest commandLine = admin.holding("r-cli");
    Rest.Answer made = made(input());

    assertThat(viewer.get("auth/workloads").status()).isEqualTo(403);
    assertThat(viewer.post("auth/workloads", input()).status()).isEqualTo(403);
    assertThat(commandLine.get("auth/workloads").text()).contains(name);
    assertThat(commandLine.delete("auth/workloads/" + made.at("/id"), made.etag()).status())
        .isEqualTo(403);
  }
}
