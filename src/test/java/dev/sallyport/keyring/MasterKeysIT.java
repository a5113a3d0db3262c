package dev.sallyport.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Which master keys the secrets need.
@ExtendWith(RunningServer.Extension.class)
class MasterKeysIT {
  private static final String PATH = "auth/master-keys";
  private static final String GONE = "0badc0de";

  private RunningServer server;
  private Rest rest;

  @BeforeEach
  void open(RunningServer running) {
    server = running;
    rest = Rest.admin(running);
  }

  private static String sealedWithGoneKey() {
    byte[] sealed = ByteBuffer.allocate(45).put((byte) 1).putInt(0x0badc0de).array();
    return Base64.getEncoder().encodeToString(sealed);
  }

  private void keep(String appId, String ciphertext) throws SQLException {
    run(
        "insert into app_tls (app_id, use, private_key, revision, updated_at)"
            + " values (?, 'token-endpoint', ?, 1, now())",
        appId,
        ciphertext);
  }

  private void run(String sql, String... arguments) throws SQLException {
    try (Connection database = TestDatabase.connect(server);
        PreparedStatement statement = database.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  private String health() {
    URI url = URI.create(server.management() + "/health/ready");
    return RunningServer.send(HttpRequest.newBuilder(url).build()).body();
  }

  @Test
  void listThenThePresentKeyWithWhatItEncrypted() {
    JsonNode present = rest.get(PATH).json().at("/items/0");

    assertThat(present.at("/state").asString()).isEqualTo("present");
    assertThat(present.at("/id").asString()).matches("[0-9a-f]{8}");
    assertThat(present.at("/secrets").asLong()).isPositive();
  }

  @Test
  void listWhenSecretsWereWipedThenTheyNeedNoKey() throws SQLException {
    String appId = Entrance.to(server, "http://127.0.0.1:1/").appPath().replace("apps/", "");
    keep(appId, "");
    try {
      assertThat(rest.get(PATH).text()).doesNotContain("\"id\":\"\"");
    } finally {
      run("delete from app_tls where app_id = ?", appId);
    }
  }

  @Test
  void listWhenSecretsNeedAKeyThatIsNotGivenThenItIsNamedThereAndInHealth() throws SQLException {
    String appId = Entrance.to(server, "http://127.0.0.1:1/").appPath().replace("apps/", "");
    keep(appId, sealedWithGoneKey());
    try {
      assertThat(rest.get(PATH).text())
          .contains("{\"id\":\"" + GONE + "\",\"state\":\"missing\",\"secrets\":1}");
      assertThat(health()).contains("SALLYPORT_MASTER_KEY lacks " + GONE);
      assertThat(health()).contains("\"status\":\"UP\"");
    } finally {
      run("delete from app_tls where app_id = ?", appId);
    }

    assertThat(rest.get(PATH).text()).doesNotContain(GONE);
    assertThat(health()).doesNotContain(GONE);
  }

  @Test
  void reencryptThenAccepted() {
    Rest.Answer answer = rest.post(PATH + "/reencrypt", "{}");

    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(answer.at("/items/0/state")).isEqualTo("present");
  }

  @Test
  void reencryptWhenOneMayOnlyLookThenForbidden() {
    Rest operator = rest.holding("r-operator");
    assertThat(operator.get(PATH).status()).isEqualTo(200);
    assertThat(operator.post(PATH + "/reencrypt", "{}").status()).isEqualTo(403);
    assertThat(rest.holding("r-auditor").get(PATH).status()).isEqualTo(403);
  }
}
