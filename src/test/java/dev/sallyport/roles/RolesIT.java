package dev.sallyport.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `/auth/roles` and `/auth/permissions` from outside.
@ExtendWith(RunningServer.Extension.class)
class RolesIT {
  private static final List<String> KEEPER =
      List.of("auth.role.create", "auth.role.delete", "auth.role.edit", "auth.role.list");

  private final String name = Unique.name("role");
  private Rest admin;

  @BeforeEach
  void admin(RunningServer server) {
    admin = Rest.admin(server);
  }

  private static Map<String, Object> input(String name, String... permissions) {
    return Map.of("name", name, "description", "For tests.", "permissions", List.of(permissions));
  }

  private Rest.Answer made(String... permissions) {
    Rest.Answer made = admin.post("auth/roles", input(name, permissions));
    assertThat(made.status()).isEqualTo(201);
    return made;
  }

  private static String path(Rest.Answer role) {
    return "auth/roles/" + role.at("/id");
  }

  /// Somebody who keeps roles and holds these permissions besides.
  private Rest keeper(String... permissions) {
    List<String> all = new ArrayList<>(KEEPER);
    all.addAll(Arrays.asList(permissions));
    Rest.Answer role =
        admin.post("auth/roles", input(Unique.name("keeper"), all.toArray(String[]::new)));
    return admin.holding(role.at("/id"));
  }

  @Test
  void createWhenValidThenTheWholeRole() {
    Rest.Answer made = made("audit.read", "app.read");

    assertThat(made.shape().replace(name, "NAME"))
        .isEqualToIgnoringWhitespace(
            """
            {
              "id" : "rol_ID",
              "name" : "NAME",
              "description" : "For tests.",
              "system" : false,
              "permissions" : [ "app.read", "audit.read" ],
              "assignments" : 0,
              "revision" : 0
            }
            """);
    assertThat(made.headers().firstValue("Location")).get().asString().endsWith(path(made));
    assertThat(made.etag()).isEqualTo("\"0\"");
    assertThat(admin.get(path(made)).json()).isEqualTo(made.json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"permissions\":[\"app.read\"]}                             | name",
        "{\"name\":\"x\"}                                             | permissions",
        "{\"name\":\"x\",\"permissions\":[]}                          | permissions",
        "{\"name\":\"x\",\"permissions\":[\"app.read\",\"app.fly\"]}  | permissions",
        "{\"name\":\"x\",\"permissions\":\"app.read\"}                | permissions",
        "{\"name\":\"x\",\"permissions\":[\"app.read\"],\"id\":\"y\"} | id",
      })
  void createWhenAFieldIsWrongThenNamed(String body, String field) {
    Rest.Answer refused = admin.post("auth/roles", body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly(field);
  }

  @Test
  void createWhenPermissionsAreUnknownThenTheyAreListed() {
    Rest.Answer refused = admin.post("auth/roles", input(name, "app.fly", "app.read", "auth.*"));

    assertThat(refused.at("/errors/0/detail")).contains("app.fly, auth.*");
  }

  @Test
  void createWhenNameIsTakenThenConflict() {
    made("app.read");

    assertThat(admin.post("auth/roles", input(name.toUpperCase(Locale.ROOT), "app.read")).code())
        .isEqualTo("name-taken");
  }

  @Test
  void createWhenItHoldsMoreThanTheCallerThenRefusedByName() {
    Rest keeper = keeper("app.read");

    Rest.Answer refused = keeper.post("auth/roles", input(name, "app.read", "app.edit"));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("confers-more");
    assertThat(refused.at("/detail")).contains("app.edit");
    assertThat(keeper.post("auth/roles", input(name, "app.read")).status()).isEqualTo(201);
  }

  @Test
  void refusalWhenMoreThanHeldThenInTheAudit() {
    Rest keeper = keeper();
    String me = keeper.get("auth/me").at("/id");

    keeper.post("auth/roles", input(name, "system.import"));

    Await.until(
        "the denial is written",
        () ->
            admin
                .get("audit?outcome=denied&actor=" + me)
                .at("/items/0/details/permission")
                .equals("system.import"));
  }

  @Test
  void updateWhenRevisionIsCurrentThenChangedAtOnceForItsHolders() {
    Rest.Answer role = made("app.read");
    Rest holder = admin.holding(role.at("/id"));
    assertThat(holder.get("issuers").status()).isEqualTo(403);

    Rest.Answer changed =
        admin.put(path(role), role.etag(), input(name + "2", "app.read", "issuer.read"));

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.at("/name")).isEqualTo(name + "2");
    assertThat(changed.etag()).isEqualTo("\"1\"");
    assertThat(holder.get("issuers").status()).isEqualTo(200);
  }

  @Test
  void updateWhenRevisionIsOldOrMissingThenRefused() {
    Rest.Answer role = made("app.read");
    admin.put(path(role), role.etag(), input(name, "app.edit"));

    assertThat(admin.put(path(role), role.etag(), input(name, "app.read")).status()).isEqualTo(412);
    assertThat(admin.delete(path(role), role.etag()).status()).isEqualTo(412);
    assertThat(admin.delete(path(role)).status()).isEqualTo(428);
  }

  @Test
  void updateWhenTheCallerHoldsTheRoleThenNothingCanBeAdded() {
    Rest.Answer role = made("auth.role.edit", "auth.role.list", "app.read");
    Rest holder = admin.holding(role.at("/id"));
    String etag = admin.get(path(role)).etag();

    Rest.Answer refused =
        holder.put(
            path(role),
            etag,
            input(name, "auth.role.edit", "auth.role.list", "app.read", "app.edit"));

    assertThat(refused.code()).isEqualTo("confers-more");
    assertThat(holder.put(path(role), etag, input(name, "auth.role.list")).status()).isEqualTo(200);
  }

  @Test
  void changeWhenTheRoleIsStrongerThanTheCallerThenRefused() {
    Rest keeper = keeper("app.read");
    Rest.Answer role = made("app.read", "app.delete");

    assertThat(keeper.put(path(role), role.etag(), input(name, "app.read")).code())
        .isEqualTo("confers-more");
    assertThat(keeper.delete(path(role), role.etag()).code()).isEqualTo("confers-more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"r-admin", "r-operator", "r-viewer", "r-agent", "r-mcp", "r-cli", "r-auditor"})
  void changeWhenItIsASystemRoleThenRefused(String id) {
    String etag = admin.get("auth/roles/" + id).etag();

    assertThat(admin.put("auth/roles/" + id, etag, input(name, "app.read")).code())
        .isEqualTo("role-is-system");
    assertThat(admin.delete("auth/roles/" + id, etag).code()).isEqualTo("role-is-system");
    assertThat(admin.delete("auth/roles/" + id, etag).status()).isEqualTo(409);
  }

  @Test
  void deleteWhenNobodyHasItThenGone() {
    Rest.Answer role = made("app.read");

    assertThat(admin.delete(path(role), role.etag()).status()).isEqualTo(204);
    assertThat(admin.get(path(role)).status()).isEqualTo(404);
    assertThat(admin.delete(path(role), role.etag()).status()).isEqualTo(404);
  }

  @Test
  void deleteWhenSomebodyHasItThenRefused() {
    Rest.Answer role = made("app.read");
    Rest.Answer key =
        admin.post("auth/keys", Map.of("name", Unique.name("key"), "role", role.at("/id")));

    Rest.Answer refused = admin.delete(path(role), role.etag());

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("role-in-use");
    assertThat(admin.get(path(role)).at("/assignments")).isEqualTo("1");
    assertThat(admin.with(new Secret(key.at("/key"))).get("apps").status()).isEqualTo(200);
    admin.delete("auth/keys/" + key.at("/id"));
    assertThat(admin.delete(path(role), role.etag()).status()).isEqualTo(204);
  }

  @Test
  void listWhenReadThenSystemRolesFirst() {
    made("app.read");

    Rest.Answer list = admin.get("auth/roles");

    assertThat(list.json().get("items").findValuesAsString("id").subList(0, 7))
        .containsExactlyInAnyOrder(
            "r-admin", "r-operator", "r-viewer", "r-agent", "r-mcp", "r-cli", "r-auditor");
    assertThat(list.json().get("items").findValuesAsString("name")).contains(name);
    assertThat(list.json().get("total").asInt()).isEqualTo(list.json().get("items").size());
  }

  @Test
  void permissionsWhenReadThenTheCatalogue() {
    Rest.Answer all = admin.get("auth/permissions");

    assertThat(all.json().get("items").get(0).toString())
        .isEqualTo(
            "{\"name\":\"app.read\",\"description\":\"See apps and their upstreams.\","
                + "\"scopable\":true,\"reserved\":false}");
    assertThat(all.json().get("items").findValuesAsString("name"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            admin.get("auth/me").json().get("permissions").findValuesAsString("name"));
  }

  @Test
  void callWhenPermissionIsMissingThenRefusedByName() {
    Rest viewer = admin.holding("r-viewer");
    Rest.Answer role = made("app.read");

    assertThat(viewer.get("auth/roles").at("/detail")).contains("auth.role.list");
    assertThat(viewer.get(path(role)).at("/detail")).contains("auth.role.list");
    assertThat(viewer.get("auth/permissions").at("/detail")).contains("auth.role.list");
    assertThat(viewer.post("auth/roles", "{broken").at("/detail")).contains("auth.role.create");
    assertThat(viewer.put(path(role), "\"0\"", "{}").at("/detail")).contains("auth.role.edit");
    assertThat(viewer.delete(path(role)).at("/detail")).contains("auth.role.delete");
  }
}
