package dev.sallyport.appsessions.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.demo.DumperApp;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Sessions that have moved to their month, as REST and the gateway see them.
@ExtendWith(RunningServer.Extension.class)
class MovedSessionsIT {
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

  private String opened(TestToken token) {
    assertThat(client.get(entrance.url() + "/x", token.signed()).statusCode()).isEqualTo(200);
    return entrance.sessions("live").getFirst();
  }

  private TestToken another() {
    return entrance.token().with("sub", Unique.name("sub")).with("sid", Unique.name("sid"));
  }

  /// Ends it as time would, and moves it.
  private void move(String id) throws SQLException {
    try (var database = new HistoryDatabase(server, Instant.now())) {
      database.sql.update(
          """
          update app_session set ended_at = now() - interval '2 hours', ended_reason = 'idle',
            ended_by = 'system' where id = ?
          """,
          id);
      database.sql.update("delete from app_session_token where session_id = ?", id);
      assertThat(database.history.move(10_000)).isPositive();
      assertThat(
              database.sql.query(
                  "select id from app_session_ended where id = ?", row -> row.text("id"), id))
          .containsExactly(id);
      database.commit();
    }
  }

  @Test
  void listsWhenSomeMovedThenEachOnceInOrder() throws SQLException {
    String moved = opened(another());
    move(moved);
    String ended = opened(another());
    entrance.end(ended);
    String live = opened(another());

    assertThat(entrance.sessions("live")).containsExactly(live);
    assertThat(entrance.sessions("ended")).containsExactly(ended, moved);
    assertThat(entrance.sessions("all")).containsExactly(live, ended, moved);
    assertThat(pages("all")).containsExactly(live, ended, moved);
  }

  /// By pages of one.
  private List<String> pages(String state) {
    String path = "app-sessions?limit=1&app=" + entrance.name() + "&state=" + state;
    Rest.Answer first = entrance.rest().get(path);
    assertThat(first.at("/total")).isEqualTo("3");
    Rest.Answer second = entrance.rest().get(path + "&after=" + first.at("/next"));
    Rest.Answer third = entrance.rest().get(path + "&after=" + second.at("/next"));
    assertThat(third.json().get("next").isNull()).isTrue();
    return List.of(first.at("/items/0/id"), second.at("/items/0/id"), third.at("/items/0/id"));
  }

  @Test
  void getWhenMovedThenAsItEnded() throws SQLException {
    String id = opened(another());
    move(id);

    Rest.Answer session = entrance.rest().get("app-sessions/" + id);

    assertThat(session.status()).isEqualTo(200);
    assertThat(session.at("/endedReason")).isEqualTo("idle");
    assertThat(session.at("/app")).isEqualTo(entrance.name());
  }

  @Test
  void endWhenMovedThenItsSignInIsBlocked() throws SQLException {
    TestToken token = another();
    String id = opened(token);
    move(id);

    assertThat(entrance.end(id).status()).isEqualTo(200);

    assertThat(client.get(entrance.url() + "/x", token.refreshed().signed()).body())
        .contains("token-blocked");
  }

  @Test
  void openWhenTheSignInsFirstSessionMovedThenItsLifetimeGoesOn() throws SQLException {
    TestToken token = another().without("auth_time");
    String first = opened(token);
    String end = entrance.rest().get("app-sessions/" + first).at("/absoluteEnd");
    move(first);

    String second = opened(token.refreshed());

    assertThat(second).isNotEqualTo(first);
    assertThat(entrance.rest().get("app-sessions/" + second).at("/absoluteEnd")).isEqualTo(end);
  }
}
