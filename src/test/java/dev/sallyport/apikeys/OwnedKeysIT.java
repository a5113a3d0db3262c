package dev.sallyport.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.Unique;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Keys that belong to a person.
@ExtendWith(RunningServer.Extension.class)
class OwnedKeysIT {
  private final String user = Unique.name("usr");
  private RunningServer server;
  private Rest admin;
  private Rest.Answer made;

  @BeforeEach
  void prepare(RunningServer running) throws SQLException {
    server = running;
    admin = Rest.admin(server);
    made = admin.post("auth/keys", Map.of("name", Unique.name("key"), "role", "r-operator"));
    update(
        """
        insert into app_user (id, issuer, subject, provider_id, display_name, groups, created_at)
        values (?, 'https://idp.test', ?, 'none', 'Alice', '[]', now())
        """,
        user,
        user);
    update("update api_key set owner_id = ? where id = ?", user, made.at("/id"));
  }

  private void update(String sql, String... arguments) throws SQLException {
    try (Connection connection = TestDatabase.connect(server);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      statement.executeUpdate();
    }
  }

  private Rest holder() {
    return admin.with(new Secret(made.at("/key")));
  }

  private void give(String role) {
    Rest.Answer given =
        admin.post("auth/assignments", Map.of("actorKind", "user", "actorId", user, "role", role));
    assertThat(given.status()).isEqualTo(201);
  }

  @Test
  void keyWhenItsOwnerHoldsLessThenItHoldsLess() {
    assertThat(holder().get("apps").status()).isEqualTo(403);

    give("r-viewer");

    assertThat(holder().get("apps").status()).isEqualTo(200);
    assertThat(holder().post("apps", "{}").status()).isEqualTo(403);
    give("r-admin");
    assertThat(holder().post("apps", "{}").status()).isEqualTo(400);
    assertThat(holder().get("auth/roles").status()).isEqualTo(403);
  }

  @Test
  void keyWhenMadeByAnOwnedKeyThenBelongsToTheSamePerson() throws SQLException {
    give("r-admin");
    Rest.Answer maker =
        admin.post("auth/keys", Map.of("name", Unique.name("key"), "role", "r-cli"));
    update("update api_key set owner_id = ? where id = ?", user, maker.at("/id"));

    Rest.Answer child =
        admin
            .with(new Secret(maker.at("/key")))
            .post("auth/keys", Map.of("name", Unique.name("key"), "role", "r-viewer"));

    assertThat(admin.get("auth/keys/" + child.at("/id")).at("/owner")).isEqualTo(user);
  }

  @Test
  void keyWhenItsOwnerIsUnknownThenRefused() throws SQLException {
    update("update api_key set owner_id = ? where id = ?", "usr_none", made.at("/id"));

    assertThat(holder().get("auth/me").status()).isEqualTo(401);
  }

  @Test
  void keyWhenItsOwnerIsDeactivatedThenGoneForGood() {
    give("r-viewer");
    assertThat(holder().get("apps").status()).isEqualTo(200);

    assertThat(admin.post("auth/users/" + user + "/deactivate", "{}").status()).isEqualTo(200);

    assertThat(holder().get("apps").status()).isEqualTo(401);
    assertThat(admin.get("auth/keys/" + made.at("/id")).status()).isEqualTo(404);
    admin.post("auth/users/" + user + "/reactivate", "{}");
    assertThat(holder().get("apps").status()).isEqualTo(401);
  }
}
