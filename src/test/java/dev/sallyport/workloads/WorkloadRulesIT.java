package dev.sallyport.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which rules may be written, and by whom.
@ExtendWith(RunningServer.Extension.class)
class WorkloadRulesIT extends WorkloadFixture {
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
