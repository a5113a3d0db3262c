package dev.sallyport.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `/auth/assignments` from outside, on keys.
@ExtendWith(RunningServer.Extension.class)
class AssignmentsIT {
  private final String label = Unique.name("env");
  private Rest admin;
  private Rest holder;
  private String keyId;

  @BeforeEach
  void key(RunningServer server) {
    admin = Rest.admin(server);
    holder = admin.holding("r-auditor");
    keyId = holder.get("auth/me").at("/id");
  }

  private Map<String, Object> input(String role) {
    return new HashMap<>(Map.of("actorKind", "api-key", "actorId", keyId, "role", role));
  }

  private Map<String, Object> scoped(String role) {
    Map<String, Object> input = input(role);
    input.put("scope", Map.of("env", List.of(label)));
    return input;
  }

  private String app(String env) {
    return admin
        .post(
            "apps",
            Map.of(
                "name", Unique.name("app"),
                "uri", "http://h.example/",
                "labels", Map.of("env", env)))
        .at("/id");
  }

  /// Somebody who gives and revokes roles and holds these permissions besides.
  private Rest giver(String... permissions) {
    List<String> all = new ArrayList<>(List.of(permissions));
    all.addAll(List.of("auth.role.list", "auth.role.assign", "auth.role.revoke"));
    Rest.Answer role =
        admin.post("auth/roles", Map.of("name", Unique.name("giver"), "permissions", all));
    return admin.holding(role.at("/id"));
  }

  @Test
  void assignWhenValidThenTheWholeAssignmentAndItHoldsAtOnce() {
    String app = app(label);
    assertThat(holder.get("apps/" + app).status()).isEqualTo(403);

    Rest.Answer made = admin.post("auth/assignments", scoped("r-viewer"));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.shape().replaceAll("r-auditor-[0-9a-f-]+", "NAME").replace(label, "LABEL"))
        .isEqualToIgnoringWhitespace(
            """
            {
              "id" : "asg_ID",
              "actorKind" : "api-key",
              "actorId" : "key_ID",
              "actorName" : "NAME",
              "role" : "r-viewer",
              "roleName" : "Viewer",
              "scope" : { "env" : [ "LABEL" ] },
              "source" : "manual",
              "expiresAt" : null,
              "createdAt" : "TIME",
              "createdBy" : "key_ID"
            }
            """);
    assertThat(holder.get("apps/" + app).status()).isEqualTo(200);
  }

  @Test
  void scopeWhenGivenThenHoldsThereAndForNothingElse() {
    String other = app(Unique.name("env"));
    admin.post("auth/assignments", scoped("r-operator"));

    assertThat(holder.get("apps/" + other).status()).isEqualTo(404);
    assertThat(holder.get("apps").json().get("items").findValuesAsString("id"))
        .doesNotContain(other);
    assertThat(holder.get("issuers").at("/detail")).contains("issuer.read");
  }

  @Test
  void revokeWhenGivenByHandThenGoneAtOnce() {
    String id = admin.post("auth/assignments", input("r-viewer")).at("/id");
    assertThat(holder.get("apps").status()).isEqualTo(200);

    assertThat(admin.delete("auth/assignments/" + id).status()).isEqualTo(204);

    assertThat(holder.get("apps").status()).isEqualTo(403);
    assertThat(admin.delete("auth/assignments/" + id).status()).isEqualTo(404);
  }

  @Test
  void assignmentWhenItsTimeIsOverThenHoldsNoMore() {
    Map<String, Object> input = input("r-viewer");
    input.put("expiresAt", Instant.now().plusSeconds(2).toString());
    admin.post("auth/assignments", input);

    Await.until("it has run out", () -> holder.get("apps").status() == 403);
    assertThat(admin.get("auth/assignments?actor=" + keyId).json().get("total").asInt())
        .isEqualTo(1);
    assertThat(admin.post("auth/assignments", input("r-viewer")).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "actorKind,system,actorKind",
    "actorKind,robot,actorKind",
    "actorKind,proxy,actorId",
    "actorKind,user,actorId",
    "actorId,key_none,actorId",
    "actorId,system,actorId",
    "actorId,demo,actorId",
    "role,r-none,role",
    "expiresAt,2020-01-01T00:00:00Z,expiresAt",
    "expiresAt,soon,expiresAt",
    "colour,red,colour"
  })
  void assignWhenAFieldIsWrongThenNamed(String member, String value, String field) {
    Map<String, Object> input = input("r-viewer");
    input.put(member, value);

    Rest.Answer refused = admin.post("auth/assignments", input);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"actorKind", "actorId", "role"})
  void assignWhenAFieldIsMissingThenNamed(String member) {
    Map<String, Object> input = input("r-viewer");
    input.remove(member);

    Rest.Answer refused = admin.post("auth/assignments", input);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).contains(member);
  }

  @Test
  void assignWhenScopeIsNoLiteralSelectorThenRefused() {
    Map<String, Object> input = input("r-viewer");

    input.put("scope", Map.of());
    assertThat(admin.post("auth/assignments", input).fields()).containsExactly("scope");
    input.put("scope", Map.of("env", List.of("te*")));
    assertThat(admin.post("auth/assignments", input).fields()).containsExactly("scope.env[0]");
    input.put("scope", Map.of("*", List.of("*")));
    assertThat(admin.post("auth/assignments", input).fields()).contains("scope.*");
  }

  @Test
  void assignWhenScopeLeavesNothingOfTheRoleThenRefused() {
    Rest.Answer role =
        admin.post(
            "auth/roles",
            Map.of("name", Unique.name("role"), "permissions", List.of("issuer.read")));

    assertThat(admin.post("auth/assignments", scoped(role.at("/id"))).fields())
        .containsExactly("scope");
  }

  @Test
  void assignWhenThereAlreadyThenConflict() {
    assertThat(admin.post("auth/assignments", scoped("r-viewer")).status()).isEqualTo(201);
    assertThat(admin.post("auth/assignments", scoped("r-viewer")).code())
        .isEqualTo("assignment-exists");
    assertThat(admin.post("auth/assignments", input("r-viewer")).status()).isEqualTo(201);
    assertThat(admin.post("auth/assignments", input("r-viewer")).code())
        .isEqualTo("assignment-exists");
  }

  @Test
  void assignWhenTheRoleHoldsMoreThanTheCallerThenRefusedByName() {
    Rest giver = giver("audit.read");

    Rest.Answer refused = giver.post("auth/assignments", input("r-auditor"));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("confers-more");
    assertThat(refused.at("/detail")).contains("audit.export");
    assertThat(giver.post("auth/assignments", input("r-admin")).code()).isEqualTo("confers-more");
  }

  @Test
  void assignWhenTheCallerHoldsItSomewhereThenOnlyThere() {
    Rest giver = giver();
    String giverId = giver.get("auth/me").at("/id");
    Map<String, Object> own = scoped("r-auditor");
    own.put("actorId", giverId);
    assertThat(admin.post("auth/assignments", own).status()).isEqualTo(201);

    assertThat(giver.post("auth/assignments", input("r-auditor")).at("/detail"))
        .contains("audit.read beyond");
    assertThat(giver.post("auth/assignments", scoped("r-auditor")).status()).isEqualTo(201);
  }

  @Test
  void revokeWhenTheRoleHoldsMoreThanTheCallerThenRefused() {
    String strong = admin.post("auth/assignments", input("r-viewer")).at("/id");
    Rest giver = giver("audit.read");

    assertThat(giver.delete("auth/assignments/" + strong).code()).isEqualTo("confers-more");
    assertThat(holder.get("apps").status()).isEqualTo(200);
  }

  @Test
  void revokeWhenItIsTheKeysOwnThenRefused() {
    String own = admin.get("auth/assignments?actor=" + keyId).at("/items/0/id");

    Rest.Answer refused = admin.delete("auth/assignments/" + own);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("assignment-managed");
  }

  @Test
  void agentWhenUnscopedThenReportsNoUpstream(RunningServer server) {
    Rest.Answer key =
        admin.post(
            "auth/keys", Map.of("name", Unique.name("proxy"), "role", "r-agent", "kind", "proxy"));
    Rest proxy = Rest.anonymous(server).with(new Secret(key.at("/key")));
    Map<String, Object> input = scoped("r-agent");
    input.putAll(Map.of("actorKind", "proxy", "actorId", key.at("/id")));

    assertThat(permissions(proxy)).contains("app_session.create").doesNotContain("upstream.report");
    assertThat(admin.post("auth/assignments", input).status()).isEqualTo(201);
    assertThat(permissions(proxy)).contains("upstream.report");
  }

  private static List<String> permissions(Rest caller) {
    return caller.get("auth/me").json().get("permissions").findValuesAsString("name");
  }

  @Test
  void listWhenFilteredThenThoseOnly() {
    String id = admin.post("auth/assignments", scoped("r-viewer")).at("/id");

    Rest.Answer ofActor = admin.get("auth/assignments?kind=api-key&actor=" + keyId);
    assertThat(ofActor.json().get("total").asInt()).isEqualTo(2);
    assertThat(ofActor.at("/items/0/id")).isEqualTo(id);
    Rest.Answer both = admin.get("auth/assignments?role=r-viewer&actor=" + keyId);
    assertThat(both.json().get("items").findValuesAsString("id")).containsExactly(id);
    assertThat(admin.get("auth/assignments?kind=user&actor=" + keyId).at("/total")).isEqualTo("0");
  }

  @Test
  void listWhenPagedThenEachOnce() {
    List<String> made =
        List.of(
            admin.post("auth/assignments", input("r-viewer")).at("/id"),
            admin.post("auth/assignments", input("r-mcp")).at("/id"),
            admin.post("auth/assignments", input("r-cli")).at("/id"));

    Rest.Answer first = admin.get("auth/assignments?limit=2&actor=" + keyId);
    Rest.Answer second =
        admin.get("auth/assignments?limit=2&actor=" + keyId + "&after=" + first.at("/next"));

    assertThat(first.json().get("items").findValuesAsString("id"))
        .containsExactly(made.get(2), made.get(1));
    assertThat(second.at("/items/0/id")).isEqualTo(made.get(0));
    assertThat(second.at("/total")).isEqualTo("4");
    assertThat(second.json().get("next").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"kind=robot,kind", "limit=0,limit", "limit=201,limit", "after=x,after"})
  void listWhenAFilterIsWrongThenNamed(String query, String field) {
    Rest.Answer refused = admin.get("auth/assignments?" + query);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly(field);
  }

  @Test
  void callWhenPermissionIsMissingThenRefusedByName() {
    assertThat(holder.get("auth/assignments").at("/detail")).contains("auth.role.list");
    assertThat(holder.post("auth/assignments", "{broken").at("/detail"))
        .contains("auth.role.assign");
    assertThat(holder.delete("auth/assignments/asg_x").at("/detail")).contains("auth.role.revoke");
  }

  @Test
  void auditWhenGivenAndRevokedThenBothAreThere() {
    String id = admin.post("auth/assignments", scoped("r-viewer")).at("/id");
    admin.delete("auth/assignments/" + id);

    Rest.Answer rows = admin.get("audit?resource=" + id);

    assertThat(rows.json().get("items").findValuesAsString("event"))
        .containsExactly("assignment.revoked", "assignment.created");
    assertThat(rows.at("/items/1/details/role")).isEqualTo("r-viewer");
    assertThat(rows.at("/items/1/details/scope")).isEqualTo("{\"env\":[\"" + label + "\"]}");
    assertThat(rows.at("/items/1/details/actor")).isEqualTo("api-key " + keyId);
  }
}
