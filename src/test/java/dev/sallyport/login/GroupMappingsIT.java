package dev.sallyport.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// `/auth/oidc/group-mappings` from outside.
@ExtendWith(RunningServer.Extension.class)
class GroupMappingsIT {
  private static final String PATH = "auth/oidc/group-mappings";

  private final FakeIdp idp = FakeIdp.start();
  private Rest rest;
  private String provider;

  @BeforeEach
  void provider(RunningServer server) {
    rest = Rest.admin(server);
    provider = rest.post("auth/oidc/providers", idp.provider(Unique.name("Corp"))).at("/id");
  }

  @AfterEach
  void close() {
    idp.close();
  }

  private Map<String, Object> input(String group, String role) {
    return Map.of("providerId", provider, "group", group, "roleId", role);
  }

  @Test
  void createWhenValidThenListed() {
    Rest.Answer made = rest.post(PATH, input("eng", "r-viewer"));

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.at("/group")).isEqualTo("eng");
    Rest.Answer list = rest.get(PATH + "?providerId=" + provider);
    assertThat(list.json().get("items").get(0)).isEqualTo(made.json());
    assertThat(list.at("/total")).isEqualTo("1");
    assertThat(rest.get(PATH).json().findValuesAsString("id")).contains(made.at("/id"));
  }

  @Test
  void createWhenOneGroupHasSeveralRolesThenEach() {
    assertThat(rest.post(PATH, input("eng", "r-viewer")).status()).isEqualTo(201);
    assertThat(rest.post(PATH, input("eng", "r-auditor")).status()).isEqualTo(201);
  }

  @Test
  void createWhenItStandsAlreadyThenConflict() {
    rest.post(PATH, input("eng", "r-viewer"));
    Rest.Answer again = rest.post(PATH, input("eng", "r-viewer"));

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("mapping-exists");
    assertThat(rest.post(PATH, input("Eng", "r-viewer")).status()).isEqualTo(201);
  }

  @Test
  void createWhenScopeIsGivenThenEqualOnesAreOne() {
    var scoped =
        Map.of(
            "providerId",
            provider,
            "group",
            "eng",
            "roleId",
            "r-viewer",
            "scope",
            Map.of("env", List.of("b", "a")));
    assertThat(rest.post(PATH, scoped).at("/scope/env/0")).isEqualTo("a");
    assertThat(rest.post(PATH, scoped).code()).isEqualTo("mapping-exists");
    assertThat(rest.post(PATH, input("eng", "r-viewer")).status()).isEqualTo(201);
  }

  @Test
  void createWhenFieldsAreWrongThenEachIsNamed() {
    var wrong =
        Map.of(
            "providerId",
            "idp_none",
            "group",
            " ",
            "roleId",
            "r-none",
            "scope",
            Map.of("env", List.of("a*")));
    Rest.Answer refused = rest.post(PATH, wrong);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields())
        .containsExactlyInAnyOrder("group", "scope.env[0]", "providerId", "roleId");
    assertThat(refused.text()).contains("r-viewer");
    assertThat(rest.post(PATH, "{}").fields())
        .containsExactlyInAnyOrder("group", "providerId", "roleId");
  }

  @Test
  void deleteThenGoneAndUnknownAfterwards() {
    String path = PATH + "/" + rest.post(PATH, input("eng", "r-viewer")).at("/id");

    assertThat(rest.delete(path).status()).isEqualTo(204);
    assertThat(rest.delete(path).status()).isEqualTo(404);
    assertThat(rest.get(PATH + "?providerId=" + provider).at("/total")).isEqualTo("0");
  }

  @Test
  void providerWhenDeletedThenItsMappingsGoWithIt() {
    String id = rest.post(PATH, input("eng", "r-viewer")).at("/id");
    String path = "auth/oidc/providers/" + provider;

    assertThat(rest.delete(path, rest.get(path).etag()).status()).isEqualTo(204);
    assertThat(rest.get(PATH).json().findValuesAsString("id")).doesNotContain(id);
  }

  @Test
  void createWhenTheRoleHoldsMoreThanTheCallerThenRefused() {
    Rest mapper = rest.holding(role("auth.oidc.list", "auth.oidc.edit", "app.read"));

    assertThat(mapper.post(PATH, input("eng", "r-admin")).status()).isEqualTo(403);
    assertThat(mapper.post(PATH, input("eng", role("app.read"))).status()).isEqualTo(201);
  }

  @Test
  void providerWhenItsMappingsHoldMoreThanTheCallerThenCannotBeChanged() {
    Rest editor = rest.holding(role("auth.oidc.list", "auth.oidc.edit", "issuer.edit"));
    String path = "auth/oidc/providers/" + provider;
    Map<String, Object> input = idp.provider(Unique.name("Corp"));
    assertThat(editor.put(path, rest.get(path).etag(), input).status()).isEqualTo(200);

    rest.post(PATH, input("admins", "r-admin"));
    assertThat(editor.put(path, rest.get(path).etag(), input).status()).isEqualTo(403);
  }

  private String role(String... permissions) {
    Rest.Answer made =
        rest.post(
            "auth/roles",
            Map.of(
                "name",
                Unique.name("role"),
                "description",
                "",
                "permissions",
                List.of(permissions)));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.at("/id");
  }
}
