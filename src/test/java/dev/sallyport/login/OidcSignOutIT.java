package dev.sallyport.login;

import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.extension.ExtendWith;

/// Signing out, and where it leads when an identity provider signed the person in.
@ExtendWith(RunningServer.Extension.class)
class OidcSignOutIT {
  private final FakeIdp idp = FakeIdp.start();
  private RunningServer server;
  private HttpBrowser browser;

  @BeforeEach
  void open(RunningServer running) {
    server = running;
    browser = new HttpBrowser(running);
  }

  @AfterEach
  void close() {
    browser.close();
    idp.close();
  }

  private void signIn() {
    Rest.Answer made =
        Rest.admin(server).post("auth/oidc/providers", idp.provider(Unique.name("Corp")));
    String login = "/auth/oidc/login?provider=" + made.at("/id");
    FakeIdp.Asked asked = idp.asked(location(browser.get(login)));
    browser.get("/auth/oidc/callback?" + idp.answer(asked));
    assertThat(browser.get("/api/v1/auth/me").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> signOut(String accept) {
    HttpResponse<String> answer =
        browser.send("POST", "/auth/logout", "Origin", server.base(), "Accept", accept);
    assertThat(browser.get("/api/v1/auth/me").statusCode()).isEqualTo(401);
    return answer;
  }

  @Test
  void signOutThenTheProviderIsAskedToSignOutAsWell() {
    signIn();

    String target = location(signOut("*/*"));

    assertThat(target).startsWith(idp.issuer() + "/logout?");
    Map<String, String> asked = idp.asked(target).parameters();
    assertThat(asked)
        .containsEntry("client_id", FakeIdp.CLIENT)
        .containsEntry("post_logout_redirect_uri", server.base() + "/auth/sign-in");
    assertThat(asked.get("id_token_hint").split("[.]")).hasSize(3);
  }

  @Test
  void signOutWhenTheProviderOffersNoneThenOnlyHere() {
    idp.saysNothingOf("end_session_endpoint");

    signIn();

    assertThat(location(signOut("*/*"))).isEqualTo("/auth/sign-in");
  }

  @Test
  void signOutWhenABrowserAsksThenAPageLeadsOn() {
    signIn();

    HttpResponse<String> page = signOut("text/html");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains(idp.issuer() + "/logout");
  }
}
