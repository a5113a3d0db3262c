package dev.sallyport.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What rules may do follows from those who own them.
@ExtendWith(RunningServer.Extension.class)
class WorkloadOwnersIT extends WorkloadFixture {
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
}
