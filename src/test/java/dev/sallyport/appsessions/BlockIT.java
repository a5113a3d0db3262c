package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.demo.DumperApp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What an end leaves behind, and which tokens open nothing although their signature is good.
@ExtendWith(RunningServer.Extension.class)
class BlockIT {
  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private RunningServer server;
  private Entrance entrance;

  @BeforeEach
  void open(RunningServer running) {
    server = running;
    entrance = Entrance.to(server, upstream.url() + "/");
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private int call(TestToken token) {
    return client.get(entrance.url() + "/x", token.signed()).statusCode();
  }

  private Rest.Answer lookup(TestToken token) {
    String hash = TestToken.hash(token.signed());
    return entrance.rest().get("app-sessions/lookup?app=" + entrance.name() + "&tokenHash=" + hash);
  }

  private void change(String sql, String argument) throws SQLException {
    try (Connection connection = TestDatabase.connect(server);
        var statement = connection.prepareStatement(sql)) {
      statement.setString(1, argument);
      assertThat(statement.executeUpdate()).isPositive();
    }
  }

  @Test
  void endWhenSessionHadEndedByItselfThenItsTokenStaysOut() throws SQLException {
    TestToken token = entrance.token();
    call(token);
    String session = entrance.session();
    change(
        "update app_session set ended_at = now(), ended_reason = 'idle', ended_by = 'system'"
            + " where id = ?",
        session);

    entrance.end(session);

    assertThat(call(token.refreshed())).isEqualTo(401);
  }

  @Test
  void endManyWhenOfAPersonThenNoOtherClientOfTheirsComesInByAnOldSignIn() {
    TestToken token = entrance.token();
    call(token);
    String person =
        "app-sessions?issuer="
            + URLEncoder.encode(String.valueOf(token.claim("iss")), StandardCharsets.UTF_8)
            + "&subject="
            + token.claim("sub");

    assertThat(entrance.rest().delete(person).status()).isEqualTo(200);

    assertThat(call(token.with("azp", "another").with("sid", "another"))).isEqualTo(401);
  }

  @Test
  void endManyWhenOfAnotherPersonThenNothingHappensToThisOne() {
    TestToken token = entrance.token();
    call(token);
    String other =
        "app-sessions?issuer="
            + URLEncoder.encode(String.valueOf(token.claim("iss")), StandardCharsets.UTF_8)
            + "&subject=nobody";

    entrance.rest().delete(other);

    assertThat(call(token.refreshed())).isEqualTo(200);
  }

  @Test
  void callWhenExpiredWithinTheLeewayThenNoSessionIsOpened() {
    long now = Instant.now().getEpochSecond();
    TestToken token = entrance.token().with("iat", now - 100).with("exp", now - 5);

    assertThat(call(token)).isEqualTo(401);
    assertThat(entrance.sessions("all")).isEmpty();
  }

  @Test
  void lookupWhenTokenHasExpiredThenNotFoundThoughTheSessionLives() throws SQLException {
    TestToken token = entrance.token();
    call(token);
    assertThat(lookup(token).status()).isEqualTo(200);

    change(
        "update app_session_token set expires_at = now() - interval '1 s' where session_id = ?",
        entrance.session());

    assertThat(lookup(token).status()).isEqualTo(404);
  }

  @Test
  void lookupWhenItsConfigIsDisabledThenNotFound() {
    TestToken token = entrance.token();
    call(token);

    entrance.changeConfig(Map.of("enabled", false));

    assertThat(lookup(token).status()).isEqualTo(404);
  }
}
