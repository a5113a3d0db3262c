package dev.sallyport.login;

import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.DatabaseProcess;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people who sign in see while the database is away. The server is this test's own.
class DatabaseAwayOwnServerIT {
  private final FakeIdp idp = FakeIdp.start();
  private RunningServer server;

  @BeforeEach
  void start() {
    server = RunningServer.start(Map.of());
  }

  @AfterEach
  void stop() {
    server.close();
    idp.close();
  }

  @Test
  void signInWhenTheDatabaseIsAwayThenThePageSaysSoAndAScriptGetsTheCode() {
    Rest.Answer made =
        Rest.admin(server).post("auth/oidc/providers", idp.provider(Unique.name("Corp")));
    String login = "/auth/oidc/login?provider=" + made.at("/id");
    try (HttpBrowser browser = new HttpBrowser(server)) {
      FakeIdp.Asked asked = idp.asked(location(browser.get(login)));
      DatabaseProcess.of(server).stop();

      HttpResponse<String> back = browser.get("/auth/oidc/callback?" + idp.answer(asked));
      assertThat(location(back)).isEqualTo("/auth/sign-in?reason=sign-in-store");
      assertThat(browser.cookies()).doesNotContainKey("sallyport_session");
      assertThat(location(browser.get(login))).isEqualTo("/auth/sign-in?reason=sign-in-store");
      HttpResponse<String> problem = browser.get(login, "Accept", "application/json");
      assertThat(problem.statusCode()).isEqualTo(503);
      assertThat(problem.body()).contains("\"code\":\"sign-in-store\"");
      for (String page : new String[] {"/auth/sign-in", location(back)}) {
        HttpResponse<String> shown = browser.get(page);
        assertThat(shown.statusCode()).as(page).isEqualTo(200);
        assertThat(shown.body()).as(page).contains("nobody can sign in", "role=\"alert\"");
      }
      HttpResponse<String> byKey =
          browser.post("/auth/sign-in", "credential=" + server.adminKey().reveal());
      assertThat(byKey.statusCode()).isEqualTo(503);
      assertThat(byKey.body()).contains("nobody can sign in");
    }
  }
}
