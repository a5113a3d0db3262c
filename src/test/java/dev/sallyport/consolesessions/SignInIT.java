package dev.sallyport.consolesessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.TokenHash;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.Unique;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The console's sign-in by key and by link, and what its cookie may do.
@ExtendWith(RunningServer.Extension.class)
class SignInIT {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final GatewayClient browser = new GatewayClient();
  private RunningServer server;

  @BeforeEach
  void use(RunningServer running) {
    server = running;
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private HttpResponse<String> signIn(String credential, String returnTo, String origin) {
    String form = "credential=%s&return_to=%s".formatted(encoded(credential), encoded(returnTo));
    return browser.send(
        "POST",
        server.base() + "/auth/sign-in",
        BodyPublishers.ofString(form),
        "Content-Type",
        FORM,
        "Origin",
        origin);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String cookie(HttpResponse<String> answer) {
    return setCookie(answer).split(";")[0];
  }

  /// What was set for the session itself; its CSRF token comes in another cookie.
  private static String setCookie(HttpResponse<String> answer) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(value -> value.startsWith("sallyport_session="))
        .findFirst()
        .orElseThrow();
  }

  private String signedIn() {
    return cookie(signIn(server.adminKey().reveal(), "/", server.base()));
  }

  private HttpResponse<String> call(String method, String path, String... headers) {
    return browser.send(method, server.base() + path, BodyPublishers.ofString("{}"), headers);
  }

  @Test
  void signInWhenKeyIsGoodThenCookieAndTheWantedPage() {
    HttpResponse<String> answer =
        signIn(server.adminKey().reveal(), "/sessions?app=a", server.base());

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/sessions?app=a");
    assertThat(setCookie(answer))
        .contains("HttpOnly", "SameSite=Lax", "path=/")
        .doesNotContain(server.adminKey().reveal());
    assertThat(call("GET", "/api/v1/auth/me", "Cookie", cookie(answer)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void signInWhenReturnPathIsForeignThenHome() {
    HttpResponse<String> answer =
        signIn(server.adminKey().reveal(), "//evil.example/", server.base());

    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .doesNotContain("evil")
        .endsWith("/");
  }

  @Test
  void signInWhenKeyIsWrongThenRefusedWithoutCookie() {
    HttpResponse<String> answer = signIn("sp_wrong", "/", server.base());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(answer.body()).contains("That key is not valid").doesNotContain("sp_wrong");
  }

  @Test
  void signInWhenFormComesFromAnotherSiteThenRefused() {
    HttpResponse<String> answer = signIn(server.adminKey().reveal(), "/", "https://evil.example");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void signInWhenTriedTooOftenThenLimited() {
    HttpResponse<String> answer = signIn("sp_wrong", "/", server.base());
    for (int i = 0; i < 1_000 && answer.statusCode() == 401; i++) {
      answer = signIn("sp_wrong", "/", server.base());
    }

    assertThat(answer.statusCode()).isEqualTo(429);
  }

  @Test
  void pageWhenReasonIsKnownThenSaysWhatHappenedAndWhatHelps() {
    String body = call("GET", "/auth/sign-in?reason=too-many-requests").body();

    assertThat(body).contains("The limit for this kind of call is reached.");
    assertThat(body).contains("Wait as long as <code>Retry-After</code> says.");
  }

  @Test
  void pageWhenReasonOrReturnPathIsMadeUpThenNothingOfItShows() {
    String evil = encoded("\"><script>alert(1)</script>");

    String body = call("GET", "/auth/sign-in?reason=" + evil + "&return_to=" + evil).body();

    assertThat(body).contains("id=\"message\" role=\"status\"></p>").doesNotContain("alert(1)");
  }

  @Test
  void pageThenOnlyScriptsOfItsOwnRun() {
    HttpResponse<String> first = call("GET", "/auth/sign-in");
    HttpResponse<String> second = call("GET", "/auth/sign-in");

    String policy = first.headers().firstValue("Content-Security-Policy").orElseThrow();
    String nonce = policy.replaceAll(".*script-src 'nonce-([^']+)'.*", "$1");
    assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe");
    assertThat(first.body()).contains("<script nonce=\"" + nonce + "\">");
    assertThat(second.body()).doesNotContain(nonce);
  }

  @Test
  void signInWhenCredentialIsNoKeyThenRefused() {
    assertThat(signIn("eyJhbGciOiJub25lIn0.e30.", "/", server.base()).statusCode()).isEqualTo(401);
    assertThat(signIn("", "/", server.base()).statusCode()).isEqualTo(401);
  }

  @Test
  void linkWhenUsedOnceThenUsedUp() {
    Rest viewer = Rest.admin(server).holding("r-viewer");
    Rest.Answer made = viewer.post("auth/sign-in-links", "{}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.at("/url")).startsWith(server.base() + "/auth/sign-in#sl_");
    String link = made.at("/url").split("#")[1];

    HttpResponse<String> first = signIn(link, "/", server.base());
    HttpResponse<String> second = signIn(link, "/", server.base());

    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(call("GET", "/api/v1/auth/me", "Cookie", cookie(first)).body())
        .contains("\"name\":\"r-viewer-");
    assertThat(second.statusCode()).isEqualTo(401);
    assertThat(second.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void linkWhenNotYetTenMinutesOldThenSignsIn() throws SQLException {
    String link = linkOfAge("9 minutes");

    assertThat(signIn(link, "/", server.base()).statusCode()).isEqualTo(303);
  }

  @Test
  void linkWhenTenMinutesOldThenRefused() throws SQLException {
    String link = linkOfAge("10 minutes");

    assertThat(signIn(link, "/", server.base()).statusCode()).isEqualTo(401);
  }

  /// A link that seems to have been made so long ago.
  private String linkOfAge(String age) throws SQLException {
    String url = Rest.admin(server).post("auth/sign-in-links", "{}").at("/url");
    String link = url.split("#")[1];
    String update = "update sign_in_link set expires_at = expires_at - ?::interval where hash = ?";
    try (var connection = TestDatabase.connect(server);
        var statement = connection.prepareStatement(update)) {
      statement.setString(1, age);
      statement.setBytes(2, TokenHash.of(link).bytes());
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
    return link;
  }

  @Test
  void linkWhenNobodyIsSignedInThenRefused() {
    assertThat(Rest.anonymous(server).post("auth/sign-in-links", "{}").status()).isEqualTo(401);
  }

  @Test
  void changeByCookieWhenNotFromThisSiteThenRefused() {
    String cookie = signedIn();
    String path = "/api/v1/auth/sign-in-links";

    for (String origin : new String[] {"https://evil.example", "null"}) {
      HttpResponse<String> answer = call("POST", path, "Cookie", cookie, "Origin", origin);
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("\"code\":\"csrf\"");
    }
    assertThat(call("POST", path, "Cookie", cookie).body()).contains("\"code\":\"csrf\"");
    assertThat(call("POST", path, "Cookie", cookie, "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
  }

  @Test
  void logoutWhenDoneThenCookieIsOfNoUse() {
    String cookie = signedIn();

    HttpResponse<String> answer =
        call("POST", "/auth/logout", "Cookie", cookie, "Origin", server.base());

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().allValues("Set-Cookie")).anyMatch(c -> c.contains("Jan-1970"));
    assertThat(call("GET", "/api/v1/auth/me", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void logoutWhenNobodyIsSignedInThenToTheSignInPage() {
    HttpResponse<String> answer = call("POST", "/auth/logout", "Origin", server.base());

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains("/auth/sign-in");
  }

  @Test
  void logoutWhenAskedForByAnotherSiteThenRefused() {
    String cookie = signedIn();

    assertThat(
            call("POST", "/auth/logout", "Cookie", cookie, "Origin", "https://evil.example")
                .statusCode())
        .isEqualTo(403);
    assertThat(call("GET", "/api/v1/auth/me", "Cookie", cookie).statusCode()).isEqualTo(200);
  }

  @Test
  void cookieWhenItsKeyIsDeletedThenOfNoUse() {
    Rest admin = Rest.admin(server);
    Rest.Answer key =
        admin.post("auth/keys", Map.of("name", Unique.name("key"), "role", "r-viewer"));
    String cookie = cookie(signIn(key.at("/key"), "/", server.base()));

    admin.delete("auth/keys/" + key.at("/id"));

    assertThat(call("GET", "/api/v1/auth/me", "Cookie", cookie).statusCode()).isEqualTo(401);
  }
}
