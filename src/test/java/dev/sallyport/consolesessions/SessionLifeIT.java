package dev.sallyport.consolesessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// When a console session ends by itself. Time is moved in the database.
@ExtendWith(RunningServer.Extension.class)
class SessionLifeIT {
  private RunningServer server;
  private ConsoleBrowser browser;

  @BeforeEach
  void signIn(RunningServer running) {
    server = running;
    browser = new ConsoleBrowser(running);
    browser.signIn(running.adminKey());
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private void change(String assignment) {
    String update = "update console_session set " + assignment + " where id = ?";
    try (var connection = TestDatabase.connect(server);
        var statement = connection.prepareStatement(update)) {
      statement.setString(1, browser.session());
      assertThat(statement.executeUpdate()).isEqualTo(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean is(String condition) {
    String query = "select " + condition + " from console_session where id = ?";
    try (var connection = TestDatabase.connect(server);
        var statement = connection.prepareStatement(query)) {
      statement.setString(1, browser.session());
      var row = statement.executeQuery();
      return row.next() && row.getBoolean(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertRefused(String code) {
    HttpResponse<String> answer = browser.me();
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
  }

  @Test
  void useWhenIdleForLessThanAnHourThenGoesOn() {
    change("last_seen_at = last_seen_at - interval '59 minutes'");

    assertThat(browser.isSignedIn()).isTrue();
  }

  @Test
  void useWhenIdleForAnHourThenRefusedAsIdle() {
    change("last_seen_at = last_seen_at - interval '61 minutes'");

    assertRefused("console-session-idle");
    assertRefused("console-session-idle");
  }

  @Test
  void useThenEndOfIdlenessMovesAndIsWritten() {
    change("last_seen_at = last_seen_at - interval '59 minutes'");

    assertThat(browser.isSignedIn()).isTrue();

    // What is not written yet counts already, and later the database has it.
    assertThat(browser.isSignedIn()).isTrue();
    Await.until("the use is written", () -> is("last_seen_at > now() - interval '5 minutes'"));
  }

  @Test
  void pollWhenPageIsOpenThenDoesNotCountAsUse() {
    change("last_seen_at = last_seen_at - interval '59 minutes'");

    HttpResponse<String> heartbeat = browser.get("/?v-r=heartbeat&v-uiId=0");
    assertThat(heartbeat.statusCode()).isNotEqualTo(401);
    change("last_seen_at = last_seen_at - interval '2 minutes'");

    assertRefused("console-session-idle");
  }

  @Test
  void useWhenItsLongestTimeIsOverThenRefusedAsExpired() {
    change("started_at = now() - interval '9 hours', expires_at = now() - interval '1 second'");

    assertRefused("console-session-expired");
  }

  @Test
  void useWhenUsedAllTheTimeThenStillEndsAfterEightHours() {
    assertThat(is("expires_at = started_at + interval '8 hours'")).isTrue();
    change("expires_at = now() + interval '5 minutes'");

    assertThat(browser.isSignedIn()).isTrue();

    assertThat(is("expires_at < now() + interval '6 minutes'")).isTrue();
  }

  @Test
  void signInPageWhenSessionWentIdleThenSaysSoOnce() {
    change("last_seen_at = last_seen_at - interval '61 minutes'");

    HttpResponse<String> first = browser.get("/auth/sign-in");
    HttpResponse<String> second = browser.get("/auth/sign-in");

    assertThat(first.body()).contains("Nobody used this console session");
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body()).doesNotContain("Nobody used this console session");
  }

  @Test
  void signInWhenSignedInAlreadyThenNewIdAndTheOldOneIsOver() {
    try (ConsoleBrowser old = new ConsoleBrowser(server)) {
      old.put("sallyport_session", browser.cookie("sallyport_session"));
      assertThat(old.isSignedIn()).isTrue();

      browser.signIn(server.adminKey());

      assertThat(browser.session()).isNotEqualTo(old.session());
      assertThat(browser.isSignedIn()).isTrue();
      assertThat(old.isSignedIn()).isFalse();
    }
  }

  @Test
  void useWhenPermissionsChangeThenTheNewOnesCount() {
    Rest admin = Rest.admin(server);
    Rest.Answer key = admin.post("auth/keys", Map.of("name", Unique.name("k"), "role", "r-viewer"));
    browser.signIn(new Secret(key.at("/key")));
    assertThat(browser.isSignedIn()).isTrue();

    admin.delete("auth/keys/" + key.at("/id"));

    assertRefused("console-session-ended");
  }

  @Test
  void cookieWhenNoSessionHasItsIdThenUnauthenticated() {
    String cookie = browser.cookie("sallyport_session");
    browser.put("sallyport_session", cookie.replace("v1.ses-", "v1.ses-A"));
    assertRefused("unauthenticated");
    browser.put("sallyport_session", "cs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assertRefused("unauthenticated");
  }
}
