package dev.sallyport.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestIssuer;
import dev.sallyport.testing.Unique;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whoever holds a role until a time gives it until then at most.
@ExtendWith(RunningServer.Extension.class)
class TemporaryHolderIT {
  private static final List<String> STANDING =
      List.of(
          "auth.role.list",
          "auth.role.assign",
          "auth.role.create",
          "auth.role.edit",
          "auth.key.list",
          "auth.key.create",
          "auth.key.rotate",
          "auth.oidc.edit");

  private final Instant end =
      Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
  private Rest admin;
  private Rest holder;

  @BeforeEach
  void prepare(RunningServer server) {
    admin = Rest.admin(server);
    String role =
        admin
            .post("auth/roles", Map.of("name", Unique.name("giver"), "permissions", STANDING))
            .at("/id");
    holder = admin.holding(role);
    assertThat(admin.post("auth/assignments", assignment(holder, end)).status()).isEqualTo(201);
  }

  private static Map<String, Object> assignment(Rest whose, Instant... expiry) {
    Map<String, Object> input =
        new HashMap<>(
            Map.of(
                "actorKind", "api-key",
                "actorId", whose.get("auth/me").at("/id"),
                "role", "r-viewer"));
    List.of(expiry).forEach(time -> input.put("expiresAt", time.toString()));
    return input;
  }

  private static Map<String, Object> key(Instant... expiry) {
    Map<String, Object> input =
        new HashMap<>(Map.of("name", Unique.name("key"), "role", "r-viewer"));
    List.of(expiry).forEach(time -> input.put("expiresAt", time.toString()));
    return input;
  }

  private void assertTooLong(Rest.Answer refused) {
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("expiresAt");
    assertThat(refused.at("/errors/0/detail"))
        .isEqualTo("must be " + end + " at the latest: you hold app.read no longer than that.");
  }

  @Test
  void assignWhenForLongerThanHeldThenRefused() {
    Rest other = admin.holding("r-auditor");

    assertTooLong(holder.post("auth/assignments", assignment(other)));
    assertTooLong(holder.post("auth/assignments", assignment(other, end.plusSeconds(1))));
    Rest.Answer made = holder.post("auth/assignments", assignment(other, end));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
  }

  @Test
  void assignWhenHeldForGoodAsWellThenForGood() {
    Map<String, Object> standing = assignment(holder);
    standing.put("role", "r-operator");
    assertThat(admin.post("auth/assignments", standing).status()).isEqualTo(201);

    Rest.Answer made = holder.post("auth/assignments", assignment(admin.holding("r-auditor")));

    assertThat(made.status()).as(made.text()).isEqualTo(201);
  }

  @Test
  void createKeyWhenForLongerThanHeldThenRefused() {
    assertTooLong(holder.post("auth/keys", key()));
    assertTooLong(holder.post("auth/keys", key(end.plusSeconds(1))));
    Rest.Answer made = holder.post("auth/keys", key(end));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
  }

  @Test
  void createKeyWhenTheMakersKeyEndsThenNoLongerThanIt() {
    Map<String, Object> maker = key(end);
    maker.put("role", "r-cli");
    Rest made = admin.with(new Secret(admin.post("auth/keys", maker).at("/key")));

    assertTooLong(made.post("auth/keys", key()));
    assertThat(made.post("auth/keys", key(end)).status()).isEqualTo(201);
  }

  @Test
  void rotateKeyWhenItLivesLongerThanTheRoleIsHeldThenRefused() {
    String path = "auth/keys/" + admin.post("auth/keys", key()).at("/id") + "/rotate";

    assertTooLong(holder.post(path, "{}"));
    assertTooLong(holder.post(path, Map.of("expiresAt", end.plusSeconds(1).toString())));
    Rest.Answer rotated = holder.post(path, Map.of("expiresAt", end.toString()));
    assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);
    assertThat(rotated.at("/expiresAt")).isEqualTo(end.toString());
  }

  @Test
  void rotateKeyWhenItEndsInTimeThenDone() {
    String path = "auth/keys/" + admin.post("auth/keys", key(end)).at("/id") + "/rotate";

    assertThat(holder.post(path, "{}").status()).isEqualTo(200);
  }

  @Test
  void mapWhenHeldForATimeOnlyThenRefused() {
    try (FakeIdp idp = FakeIdp.start()) {
      String provider =
          admin.post("auth/oidc/providers", idp.provider(Unique.name("Corp"))).at("/id");
      var input = Map.of("providerId", provider, "group", "eng", "roleId", "r-viewer");

      Rest.Answer refused = holder.post("auth/oidc/group-mappings", input);

      assertThat(refused.status()).as(refused.text()).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("confers-more");
      assertThat(refused.at("/detail"))
          .isEqualTo(
              "It confers app.read for longer than you hold it, which is until " + end + ".");
    }
  }

  @Test
  void editRoleWhenTheAddedIsHeldForATimeOnlyThenRefused() {
    Map<String, Object> input =
        Map.of("name", Unique.name("role"), "permissions", List.of("auth.role.list"));
    String path = "auth/roles/" + holder.post("auth/roles", input).at("/id");

    Rest.Answer refused =
        holder.change(path, input, Map.of("permissions", List.of("auth.role.list", "app.read")));

    assertThat(refused.status()).as(refused.text()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("confers-more");
    Map<String, Object> kept = Map.of("permissions", List.of("auth.role.list", "auth.key.list"));
    assertThat(holder.change(path, input, kept).status()).isEqualTo(200);
  }

  @Test
  void ruleWhenForLongerThanHeldThenRefused() {
    TestIssuer issuer = TestIssuer.create();
    admin.post("issuers", Map.of("issuer", issuer.iss(), "staticJwks", issuer.jwks()));
    Map<String, Object> rule =
        new HashMap<>(
            Map.of(
                "name", Unique.name("rule"),
                "issuer", issuer.iss(),
                "audience", Unique.name("audience"),
                "conditions", List.of(Map.of("claim", "sub", "anyOf", List.of("job"))),
                "role", "r-viewer"));

    assertTooLong(holder.post("auth/workloads", rule));
    rule.put("expiresAt", end.toString());
    assertThat(holder.post("auth/workloads", rule).status()).isEqualTo(201);
  }
}
