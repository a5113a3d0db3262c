package dev.sallyport.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.SiteBrowser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What passes between a browser and an app on its own host, and what does not.
class SiteTrafficIT extends LaunchFixture {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi",
        "/openapi?format=JSON",
        "/openapi/x",
        "/api/v1/metrics",
        "/auth/login"
      })
  void pathWhenSallyportHasOneLikeItThenTheAppsOwn(String path) {
    enter();

    assertThat(site.fetch(path).body()).isEqualTo("hello");
    assertThat(upstream.requests().getLast().getFirst()).isEqualTo("GET " + path + " HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/.sallyport/x", "/.sallyport/openapi"})
  void pathWhenSallyportKeepsItThenTheAppNeverSeesIt(String path) {
    enter();
    int before = upstream.requests().size();

    site.fetch(path);

    assertThat(upstream.requests()).hasSize(before);
  }

  @Test
  void requestCookiesThenAllButOursReachTheApp() {
    enter();
    site.cookies().put("theme", "dark");
    site.cookies().put("sallyport_session", "x");
    site.cookies().put("__Host-Sallyport_csrf", "y");
    site.cookies().put("__secure-sallyport_x", "y");
    site.cookies().put("my_sallyport_app", "mine");

    site.open("/");

    assertThat(received("Cookie")).containsExactly("theme=dark; my_sallyport_app=mine");
  }

  @Test
  void responseCookiesThenOursAndDomainsAreDropped() {
    enter();
    upstreamHeaders =
        """
        Set-Cookie: id=1; Domain=localhost; Path=/; HttpOnly\r
        Set-Cookie: a=2; domain = .localhost\r
        Set-Cookie: sallyport_app=evil\r
        Set-Cookie:  __Host-SallyPort_Session=evil; Path=/\r
        Set-Cookie: =sallyport_app=evil\r
        Set-Cookie: sallyport_app\r
        Clear-Site-Data: "cookies"\r
        Strict-Transport-Security: max-age=1; includeSubDomains\r
        Content-Security-Policy: default-src 'self'\r
        """;

    SiteBrowser.Answer answer = site.open("/");

    assertThat(answer.all("Set-Cookie")).containsExactly("id=1; Path=/; HttpOnly", "a=2");
    assertThat(answer.all("Clear-Site-Data")).isEmpty();
    assertThat(answer.all("Strict-Transport-Security")).isEmpty();
    assertThat(answer.all("Content-Security-Policy")).containsExactly("default-src 'self'");
  }

  @Test
  void locationThatNamesTheUpstreamThenLeadsToTheAppsHost() {
    enter();
    upstreamHeaders = "Location: " + upstream.url() + "/next?x=1\r\n";
    assertThat(site.open("/").location()).isEqualTo(origin + "/next?x=1");
    upstreamHeaders = "Location: " + upstream.url() + "1/next\r\n";
    assertThat(site.open("/").location()).isEqualTo(upstream.url() + "1/next");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST   |                                | 403
          POST   | Origin: OWN                    | 200
          POST   | Origin: OWN1                   | 403
          POST   | Origin: https://evil.example   | 403
          POST   | Origin: null                   | 403
          POST   | Origin: CONSOLE                | 403
          POST   | Sec-Fetch-Site: same-origin    | 200
          POST   | Sec-Fetch-Site: same-site      | 403
          POST   | Sec-Fetch-Site: none           | 403
          DELETE |                                | 403
          PATCH  | Origin: https://evil.example   | 403
          GET    | Origin: https://evil.example   | 403
          GET    | Origin: OWN                    | 200
          GET    | Sec-Fetch-Site: cross-site     | 200
          GET    | Sec-Fetch-Site: same-site; Sec-Fetch-Mode: navigate; Sec-Fetch-Dest: document | 200
          GET    | Sec-Fetch-Site: same-site; Sec-Fetch-Mode: navigate; Sec-Fetch-Dest: iframe   | 403
          GET    | Sec-Fetch-Site: same-site; Sec-Fetch-Mode: no-cors; Sec-Fetch-Dest: script    | 403
          GET    | Sec-Fetch-Site: same-origin; Sec-Fetch-Mode: no-cors; Sec-Fetch-Dest: script  | 200
          HEAD   | Sec-Fetch-Site: cross-site     | 403
          """)
  void cookieThenOnlyTheAppsOwnPagesActByIt(String method, String header, int status) {
    enter();
    int before = upstream.requests().size();
    String line = header == null ? "X-Nothing: 1" : header;

    SiteBrowser.Answer answer =
        site.send(
            method,
            "/act",
            line.replace("OWN", origin).replace("CONSOLE", server.base()).split("; "));

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(upstream.requests()).hasSize(status == 200 ? before + 1 : before);
  }

  @Test
  void originOfTheSettingsThenMayCallByTokenAndNotByCookie() {
    changeApp(Map.of("allowedOrigins", List.of("https://other.example")));
    enter();
    String foreign = "Origin: https://other.example";

    assertThat(site.fetch("/", foreign).code()).isEqualTo("origin-not-allowed");

    site.cookies().clear();
    String token = "Authorization: Bearer " + token();
    SiteBrowser.Answer answer = site.fetch("/", foreign, token);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.first("Access-Control-Allow-Origin")).isEqualTo("https://other.example");
    assertThat(answer.all("Access-Control-Allow-Credentials")).isEmpty();
  }

  private String token() {
    return idp.token(server.base() + "/apps/" + name).signed();
  }

  @Test
  void tokenThenEntersAsAnywhere() {
    SiteBrowser.Answer answer = site.fetch("/x", "Authorization: Bearer " + token());

    assertThat(answer.body()).isEqualTo("hello");
    assertThat(received("Sallyport-Jwt-Assertion")).hasSize(1);
  }

  @Test
  void tokenWhenItIsBadThenTheCookieDoesNotHelp() {
    enter();

    assertThat(site.fetch("/", "Authorization: Bearer x.y.z").code()).isEqualTo("token-malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/auth/me",
        "/auth/sign-in",
        "/auth/oidc/callback?code=x&state=y",
        "/mcp/apps/demo-mcp",
        "/apps/dumper/",
        "/.well-known/jwks.json",
        "/.well-known/oauth-protected-resource",
        "/launch/dumper",
        "/oauth/connect/start",
        "/account"
      })
  void pathsOfTheConsoleThenTheAppAnswersThere(String path) {
    assertThat(site.fetch(path).code()).isEqualTo("app-sign-in-needed");
    enter();
    assertThat(site.open(path).body()).isEqualTo("hello");
    assertThat(upstream.requests().getLast().getFirst()).isEqualTo("GET " + path + " HTTP/1.1");
  }

  @Test
  void pathsOfOursOnTheAppsHostThenTheAppNeverSeesThem() {
    enter();
    int before = upstream.requests().size();

    assertThat(site.open("/.sallyport/x").status()).isEqualTo(404);
    assertThat(site.send("POST", "/.sallyport/signed-in", "Origin: " + origin).status())
        .isEqualTo(405);
    assertThat(upstream.requests()).hasSize(before);
  }

  @Test
  void cookieWhenThereAreTwoThenNobodyGuesses() {
    enter();
    String ours = COOKIE + "=" + site.cookies().get(COOKIE);
    site.cookies().clear();

    SiteBrowser.Answer answer = site.fetch("/", "Cookie: " + ours + "; " + COOKIE + "=planted");

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void cookieOnTheConsolesHostThenWorthNothing() {
    enter();
    try (GatewayClient client = new GatewayClient()) {
      var answer =
          client.send(
              "GET",
              server.base() + "/apps/" + name + "/",
              java.net.http.HttpRequest.BodyPublishers.noBody(),
              "Cookie",
              COOKIE + "=" + site.cookies().get(COOKIE));
      assertThat(answer.statusCode()).isEqualTo(401);
    }
  }

  @Test
  void hostWhenItIsNobodysThenRefused() {
    for (String other :
        List.of(origin.replaceAll(":\\d+$", ":1"), origin.replace("wiki", "nobody"))) {
      assertThat(new SiteBrowser(server, other).open("/").code()).isEqualTo("host-not-allowed");
    }
    String shouting = origin.replace(name, name.toUpperCase(java.util.Locale.ROOT));
    assertThat(new SiteBrowser(server, shouting).open("/").status()).isEqualTo(303);
  }

  @Test
  void upstreamThatWantsATradedTokenThenRefusedAndNotCalled() {
    String path = appPath + "/upstream-credential";
    Map<String, Object> input =
        Map.of(
            "kind", "exchange",
            "tokenEndpoint", idp.issuer() + "/token",
            "clientId", "x",
            "clientSecret", "y");
    var set = rest.put(path, rest.get(path).etag(), input);
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    signIn();
    site.open(path(throughConsole(site.open("/"))));

    SiteBrowser.Answer answer = site.open("/");

    assertThat(answer.code()).isEqualTo("upstream-wants-token");
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void appThatLetsNobodyInThenLooksLikeNone() {
    changeConfig(Map.of("enabled", false));

    assertThat(site.open("/").code()).isEqualTo("app-not-found");
  }

  @Test
  void pathWithTwoReadingsThenRefused() {
    for (String path : List.of("//evil.example/", "/a/../b", "/a%2f..", "/a;x")) {
      assertThat(site.open(path).status()).as(path).isEqualTo(400);
    }
  }
}
