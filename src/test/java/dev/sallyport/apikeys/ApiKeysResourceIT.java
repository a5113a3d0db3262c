package dev.sallyport.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(admin.get("auth/keys").text()).contains(name).doesNotContain(key);
  }

  @Test
  void createWhenRoleHoldsMoreThanTheCallerThenRefused() {
    Rest commandLine = admin.holding("r-cli");

    Rest.Answer refused = commandLine.post("auth/keys", Map.of("name", name, "role", "r-admin"));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(admin.get("auth/keys").text()).doesNotContain(name);
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
}
