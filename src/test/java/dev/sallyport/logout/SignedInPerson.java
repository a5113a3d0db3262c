package dev.sallyport.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.demo.DumperApp;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One person of one identity provider, with browsers at the console and agents at an app.
final class SignedInPerson implements AutoCloseable {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final FakeIdp idp = FakeIdp.start();
  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private final List<HttpBrowser> browsers = new ArrayList<>();
  private final RunningServer server;
  private final Entrance entrance;
  private final String provider;

  /// `logoutEnds` is what a logout with a `sid` ends.
  SignedInPerson(RunningServer server, String logoutEnds) {
    this.server = server;
    Map<String, Object> input = new LinkedHashMap<>(idp.provider(Unique.name("Corp")));
    input.put("logoutEnds", logoutEnds);
    Rest.Answer made = Rest.admin(server).post("auth/oidc/providers", input);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    provider = made.at("/id");
    entrance =
        Entrance.of(
            server, Map.of("uri", upstream.url() + "/"), Map.of("jwt", jwt(Entrance.AUDIENCE)));
  }

  private Map<String, Object> jwt(String audience) {
    return Map.of("issuer", idp.issuer(), "audience", audience, "jwksUrl", idp.issuer() + "/jwks");
  }

  FakeIdp idp() {
    return idp;
  }

  Entrance entrance() {
    return entrance;
  }

  /// A browser that is signed in at the console by a sign-in of this `sid`, or of none.
  HttpBrowser browser(@Nullable String sid) {
    idp.idToken(token -> withSid(token, sid).signed());
    HttpBrowser browser = new HttpBrowser(server);
    browsers.add(browser);
    assertThat(HttpBrowser.location(signIn(browser))).isEqualTo("/");
    assertThat(isIn(browser)).isTrue();
    return browser;
  }

  /// Signs a browser in; what the console answers in the end.
  HttpResponse<String> signIn(HttpBrowser browser) {
    String begun = HttpBrowser.location(browser.get("/auth/oidc/login?provider=" + provider));
    return browser.get("/auth/oidc/callback?" + idp.answer(idp.asked(begun)));
  }

  static boolean isIn(HttpBrowser browser) {
    return browser.get("/api/v1/auth/me").statusCode() == 200;
  }

  /// An agent's token that has opened an app session by a sign-in of this `sid`, or of none.
  TestToken agent(@Nullable String sid) {
    TestToken token = withSid(idp.token(Entrance.AUDIENCE), sid);
    assertThat(call(token)).isEqualTo(200);
    return token;
  }

  int call(TestToken token) {
    return client.get(entrance.url() + "/x", token.signed()).statusCode();
  }

  static TestToken withSid(TestToken token, @Nullable String sid) {
    return sid == null ? token.without("sid") : token.with("sid", sid);
  }

  /// A logout token that names the person and this `sid`, or none.
  TestToken logout(@Nullable String sid) {
    return withSid(
        idp.token(FakeIdp.CLIENT)
            .header("typ", "logout+jwt")
            .without("exp")
            .without("auth_time")
            .without("azp")
            .with("events", Map.of(TestProvider.EVENT, Map.of())),
        sid);
  }

  HttpResponse<String> send(TestToken logout) {
    return client.send(
        "POST",
        server.base() + "/auth/oidc/back-channel-logout",
        BodyPublishers.ofString("logout_token=" + logout.signed()),
        "Content-Type",
        FORM);
  }

  /// Sends it, and it is done.
  void end(TestToken logout) {
    HttpResponse<String> answer = send(logout);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Override
  public void close() {
    browsers.forEach(HttpBrowser::close);
    client.close();
    upstream.close();
    idp.close();
  }
}
