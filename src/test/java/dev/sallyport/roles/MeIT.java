package dev.sallyport.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// `/auth/me`: who, why and until when.
@ExtendWith(RunningServer.Extension.class)
class MeIT {
  private Rest admin;

  @BeforeEach
  void admin(RunningServer server) {
    admin = Rest.admin(server);
  }

  @Test
  void meWhenAKeyCallsThenItsActorPermissionsAndWhy() {
    Rest.Answer me = admin.holding("r-auditor").get("auth/me");

    String maker = admin.get("auth/me").at("/id");
    assertThat(
            me.shape().replaceAll("\"r-auditor-[0-9a-f-]+\"", "\"NAME\"").replace(maker, "MAKER"))
        .isEqualToIgnoringWhitespace(
            """
            {
              "kind" : "api-key",
              "id" : "key_ID",
              "name" : "NAME",
              "permissions" : [
                { "name" : "audit.export", "scope" : null },
                { "name" : "audit.read", "scope" : null }
              ],
              "assignments" : [ {
                "id" : "asg_ID",
                "actorKind" : "api-key",
                "actorId" : "key_ID",
                "actorName" : "NAME",
                "role" : "r-auditor",
                "roleName" : "Auditor",
                "scope" : null,
                "source" : "key",
                "expiresAt" : null,
                "createdAt" : "TIME",
                "createdBy" : "key_ID"
              } ]
            }
            """);
  }

  @Test
  void meWhenAnotherRoleIsGivenThenWhereAndUntilWhen() {
    Rest holder = admin.holding("r-auditor");
    String label = Unique.name("env");
    Instant end = Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS);
    admin.post(
        "auth/assignments",
        Map.of(
            "actorKind", "api-key",
            "actorId", holder.get("auth/me").at("/id"),
            "role", "r-viewer",
            "scope", Map.of("env", List.of(label)),
            "expiresAt", end.toString()));

    Rest.Answer me = holder.get("auth/me");

    assertThat(me.json().get("permissions").findValuesAsString("name"))
        .containsExactly(
            "app.read",
            "app_auth_config.read",
            "app_session.read",
            "audit.export",
            "audit.read",
            "connection.read",
            "freeze.read");
    assertThat(me.at("/permissions/0/scope/0/env/0")).isEqualTo(label);
    assertThat(me.json().at("/permissions/4/scope").isNull()).isTrue();
    assertThat(me.at("/assignments/1/source")).isEqualTo("manual");
    assertThat(me.at("/assignments/1/expiresAt")).isEqualTo(end.toString());
  }

  @Test
  void meWhenNobodyCallsThenRefused(RunningServer server) {
    assertThat(Rest.anonymous(server).get("auth/me").status()).isEqualTo(401);
  }
}
