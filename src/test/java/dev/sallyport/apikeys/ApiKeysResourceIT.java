package dev.sallyport.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `/auth/keys` from outside.
@ExtendWith(RunningServer.Extension.class)
class ApiKeysResourceIT {
  private final String name = Unique.name("key");
  private Rest admin;

  @BeforeEach
  void admin(RunningServer server) {
    admin = Rest.admin(server);
  }

  @Test
  void createWhenValidThenKeyIsShownOnceAndWorks() {
    Rest.Answer made = admin.post("auth/keys", Map.of("name", name, "role", "r-viewer"));

    assertThat(made.status()).isEqualTo(201);
    String key = made.at("/key");
    assertThat(key).startsWith("sp_").hasSizeGreaterThan(40);
    assertThat(made.shape().replace(name, "NAME").replaceFirst("\"key\" : .*", "\"key\" : 0"))
        .isEqualToIgnoringWhitespace(
            """
            { "id" : "key_ID", "name" : "NAME", "role" : "r-viewer", "expiresAt" : null,
              "key" : 0 }
            """);
    assertThat(admin.with(new Secret(key)).get("apps").status()).isEqualTo(200);
    assertThat(admin.get("auth/keys?q=" + name).text()).contains(name).doesNotContain(key);
  }

  @Test
  void createWhenRoleHoldsMoreThanTheCallerThenRefused() {
    Rest commandLine = admin.holding("r-cli");

    Rest.Answer refused = commandLine.post("auth/keys", Map.of("name", name, "role", "r-admin"));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("confers-more");
    assertThat(admin.get("auth/keys?q=" + name).at("/total")).isEqualTo("0");
    assertThat(commandLine.post("auth/keys", Map.of("name", name, "role", "r-viewer")).status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "name,'',name",
    "role,r-none,role",
    "kind,user,kind",
    "kind,system,kind",
    "expiresAt,2020-01-01T00:00:00Z,expiresAt",
    "expiresAt,soon,expiresAt",
    "colour,red,colour"
  })
  void createWhenAFieldIsWrongThenNamed(String member, String value, String field) {
    Map<String, Object> input = new HashMap<>(Map.of("name", name, "role", "r-viewer"));
    input.put(member, value);

    Rest.Answer refused = admin.post("auth/keys", input);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly(field);
  }

  @Test
  void createWhenNameIsTakenThenConflict() {
    admin.post("auth/keys", Map.of("name", name, "role", "r-viewer"));

    assertThat(admin.post("auth/keys", Map.of("name", name, "role", "r-viewer")).status())
        .isEqualTo(409);
  }

  @Test
  void keyWhenDeletedThenRefusedAtOnce() {
    Rest.Answer made = admin.post("auth/keys", Map.of("name", name, "role", "r-viewer"));
    Rest holder = admin.with(new Secret(made.at("/key")));
    assertThat(holder.get("apps").status()).isEqualTo(200);

    assertThat(admin.delete("auth/keys/" + made.at("/id")).status()).isEqualTo(204);

    assertThat(holder.get("apps").status()).isEqualTo(401);
  }

  @Test
  void keyWhenExpiredThenRefused() {
    String soon = Instant.now().plusSeconds(2).toString();
    Rest.Answer made =
        admin.post("auth/keys", Map.of("name", name, "role", "r-viewer", "expiresAt", soon));
    Rest holder = admin.with(new Secret(made.at("/key")));

    Await.until("the key has expired", () -> holder.get("apps").status() == 401);
  }

  @Test
  void createWhenScopedThenActsThereOnly() {
    Map<String, List<String>> scope = Map.of("env", List.of(name));
    Rest.Answer made =
        admin.post("auth/keys", Map.of("name", name, "role", "r-operator", "scope", scope));
    assertThat(made.status()).isEqualTo(201);
    Rest holder = admin.with(new Secret(made.at("/key")));

    Rest.Answer inside =
        holder.post(
            "apps",
            Map.of("name", name, "uri", "http://h.example/", "labels", Map.of("env", name)));
    Rest.Answer outside =
        holder.post("apps", Map.of("name", name + "-2", "uri", "http://h.example/"));

    assertThat(inside.status()).isEqualTo(201);
    assertThat(outside.status()).isEqualTo(403);
    Rest.Answer shown = admin.get("auth/keys/" + made.at("/id"));
    assertThat(shown.at("/scope/env/0")).isEqualTo(name);
    assertThat(shown.at("/role")).isEqualTo("r-operator");
    assertThat(shown.at("/state")).isEqualTo("live");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"env\":[]}", "{\"env\":[\"t*\"]}", "{\"env\":[\"^t$\"]}"})
  void createWhenScopeIsNoLiteralSelectorThenRefused(String scope) {
    Rest.Answer refused =
        admin.post(
            "auth/keys",
            "{\"name\":\"%s\",\"role\":\"r-viewer\",\"scope\":%s}".formatted(name, scope));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields().getFirst()).startsWith("scope");
  }

  @Test
  void createWhenScopeLeavesNothingThenRefused() {
    Map<String, List<String>> scope = Map.of("env", List.of("test"));
    admin.post("auth/roles", Map.of("name", name, "permissions", List.of("auth.key.list")));
    String role =
        admin
            .get("auth/roles")
            .json()
            .get("items")
            .valueStream()
            .filter(item -> item.get("name").asString().equals(name))
            .map(item -> item.get("id").asString())
            .findFirst()
            .orElseThrow();

    Rest.Answer refused =
        admin.post("auth/keys", Map.of("name", name, "role", role, "scope", scope));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("scope");
  }

  @Test
  void listWhenPagedThenEveryKeyOnce() {
    for (String end : List.of("-a", "-b", "-c")) {
      admin.post("auth/keys", Map.of("name", name + end, "role", "r-viewer"));
    }

    Rest.Answer first = admin.get("auth/keys?limit=2&q=" + name);
    Rest.Answer second = admin.get("auth/keys?limit=2&q=" + name + "&after=" + first.at("/next"));

    assertThat(first.json().get("items").findValuesAsString("name"))
        .containsExactly(name + "-a", name + "-b");
    assertThat(second.json().get("items").findValuesAsString("name")).containsExactly(name + "-c");
    assertThat(first.at("/total")).isEqualTo("3");
    assertThat(second.json().get("next").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"limit=0,limit", "limit=201,limit", "limit=x,limit", "after=x,after"})
  void listWhenAParameterIsWrongThenNamed(String query, String field) {
    Rest.Answer refused = admin.get("auth/keys?" + query);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly(field);
  }

  @Test
  void keyWhenUnknownThenNotFound() {
    assertThat(admin.get("auth/keys/key_none").status()).isEqualTo(404);
    assertThat(admin.delete("auth/keys/key_none").status()).isEqualTo(404);
    assertThat(admin.post("auth/keys/key_none/rotate", "{}").status()).isEqualTo(404);
  }

  @Test
  void keysWhenPermissionIsMissingThenRefused() {
    Rest viewer = admin.holding("r-viewer");
    Rest commandLine = admin.holding("r-cli");
    String id = admin.post("auth/keys", Map.of("name", name, "role", "r-viewer")).at("/id");

    assertThat(viewer.get("auth/keys").status()).isEqualTo(403);
    assertThat(viewer.post("auth/keys/" + id + "/rotate", "{}").status()).isEqualTo(403);
    assertThat(commandLine.delete("auth/keys/" + id).status()).isEqualTo(403);
    assertThat(commandLine.get("auth/keys/" + id).status()).isEqualTo(200);
  }

  @Test
  void keyWhenUsedThenSeenInTheList() {
    Rest.Answer made = admin.post("auth/keys", Map.of("name", name, "role", "r-viewer"));
    assertThat(admin.get("auth/keys/" + made.at("/id")).at("/lastUsedAt")).isEmpty();
    admin.with(new Secret(made.at("/key"))).get("apps");

    Await.until(
        "the use is written",
        () -> !admin.get("auth/keys/" + made.at("/id")).at("/lastUsedAt").isEmpty());
  }
}
