package dev.sallyport.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.SiteBrowser;
import dev.sallyport.testing.Unique;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The way from an app's own host to the sign-in and back.
class LaunchIT extends LaunchFixture {
  @Test
  void openWhenNobodyIsSignedInThenLeadsThroughTheSignInToThePageWanted() {
    SiteBrowser.Answer left = site.open("/pages/one?a=1&b=%C3%A4");
    String signIn = throughConsole(left);
    assertThat(signIn).startsWith("/auth/sign-in?return_to=");
    String wanted =
        URLDecoder.decode(signIn.substring(signIn.indexOf('=') + 1), StandardCharsets.UTF_8);
    assertThat(wanted).isEqualTo(left.location().substring(server.base().length()));
    signIn();

    String back = HttpBrowser.location(console.get(wanted));
    SiteBrowser.Answer entered = site.open(path(back));

    assertThat(entered.status()).isEqualTo(303);
    assertThat(entered.location()).isEqualTo(origin + "/pages/one?a=1&b=%C3%A4");
    assertThat(site.cookies()).containsOnlyKeys(COOKIE);
    assertThat(entered.all("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith(COOKIE + "=v1.app-")
                    .contains("; Path=/; HttpOnly; SameSite=Lax; Max-Age=")
                    .doesNotContain("Domain"));
    assertThat(site.open("/pages/one?a=1&b=%C3%A4").body()).isEqualTo("hello");
    assertThat(upstream.requests().getLast().getFirst())
        .isEqualTo("GET /pages/one?a=1&b=%C3%A4 HTTP/1.1");
  }

  @Test
  void enterThenTheSessionIsThePersonsAndTheAssertionSaysSo() {
    idp.claim("groups", List.of("eng"));
    changeConfig(Map.of("allow", List.of(Map.of("claim", "groups", "anyOf", List.of("eng")))));

    enter();

    JsonNode session = rest.get("app-sessions?app=" + name).json().get("items").get(0);
    assertThat(session.get("issuer").asString()).isEqualTo(idp.issuer());
    assertThat(session.get("subject").asString()).isEqualTo(idp.subject());
    assertThat(session.get("username").asString()).isEqualTo("ann@corp.example");
    assertThat(session.get("client").asString()).isEqualTo("sallyport");
    JsonNode assertion = claims(received("Sallyport-Jwt-Assertion").getFirst());
    assertThat(assertion.get("sub").asString()).isEqualTo(idp.subject());
    assertThat(assertion.get("groups").get(0).asString()).isEqualTo("eng");
    assertThat(received("X-Forwarded-Host").getFirst()).isEqualTo(origin.substring(7));
    assertThat(received("Cookie")).isEmpty();
    assertThat(received("Authorization")).isEmpty();
  }

  private static JsonNode claims(String jwt) {
    byte[] payload = Base64.getUrlDecoder().decode(jwt.split("\\.")[1]);
    return new JsonMapper().readTree(payload);
  }

  @Test
  void openWhenSignedInAtTheConsoleThenNobodyIsAskedAgain() {
    enter();
    SiteBrowser second = new SiteBrowser(server, origin);

    SiteBrowser.Answer entered = second.open(path(throughConsole(second.open("/"))));

    assertThat(entered.location()).isEqualTo(origin + "/");
    assertThat(sessions("live")).as("both browsers").hasSize(1);
  }

  @Test
  void codeWhenUsedTwiceThenTheSecondIsRefused() {
    signIn();
    SiteBrowser.Answer left = site.open("/");
    String back = path(throughConsole(left));
    Map<String, String> before = Map.copyOf(site.cookies());
    site.open(back);
    site.cookies().clear();
    site.cookies().putAll(before);

    assertSentBack(site.open(back), "launch-code-invalid");
    assertThat(site.cookies()).isEmpty();
  }

  @Test
  void codeWhenItComesEightTimesAtOnceThenOneEnters() throws Exception {
    signIn();
    String back = path(throughConsole(site.open("/")));
    List<Callable<String>> calls =
        Stream.<Callable<String>>generate(() -> () -> copy().open(back).location())
            .limit(8)
            .toList();

    try (var threads = Executors.newFixedThreadPool(8)) {
      assertThat(threads.invokeAll(calls).stream().map(Future::resultNow))
          .containsOnlyOnce(origin + "/");
    }
  }

  private SiteBrowser copy() {
    SiteBrowser same = new SiteBrowser(server, origin);
    same.cookies().putAll(site.cookies());
    return same;
  }

  @Test
  void codeWhenItComesInAnotherBrowserThenRefusedAndGone() {
    signIn();
    String back = path(throughConsole(site.open("/")));
    SiteBrowser other = new SiteBrowser(server, origin);
    other.open("/");
    String theirs = other.cookies().keySet().iterator().next();
    String ours = site.cookies().keySet().iterator().next();
    other.cookies().put(ours, other.cookies().remove(theirs));

    assertSentBack(other.open(back), "launch-code-invalid");
    assertSentBack(site.open(back), "launch-code-invalid");
  }

  @Test
  void codeWhenTheBrowserKeptNoCookieThenSaysSoAndTheCodeIsStillGood() {
    signIn();
    String back = path(throughConsole(site.open("/")));
    SiteBrowser blank = new SiteBrowser(server, origin);

    assertSentBack(blank.open(back), "launch-cookie-missing");
    assertThat(site.open(back).location()).isEqualTo(origin + "/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?code=x&mark=00000000",
        "?code=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&mark=x",
        "?mark=00000000",
        "?code=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void codeWhenTheReturnIsOddThenRefused(String query) {
    assertSentBack(site.open("/.sallyport/signed-in" + query), "launch-code-invalid");
  }

  @Test
  void codeWhenForAnotherAppThenRefused() {
    signIn();
    String back = path(throughConsole(site.open("/")));
    String other = "http://" + name + "-b.localhost:" + origin.replaceAll(".*:", "");
    Rest.Answer made =
        rest.post(
            "apps",
            Map.of(
                "name",
                name + "-b",
                "uri",
                upstream.url() + "/",
                "labels",
                Map.of("test", name),
                "publicAddress",
                other));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    SiteBrowser there = new SiteBrowser(server, other);
    there.cookies().putAll(site.cookies());

    SiteBrowser.Answer refused = there.open(back);

    assertThat(refused.location()).endsWith("/launch/" + name + "-b?reason=launch-code-invalid");
  }

  @Test
  void codeWhenTheConsoleSessionEndedMeanwhileThenRefused() {
    signIn();
    String back = path(throughConsole(site.open("/")));
    console.post("/auth/logout", "");

    assertSentBack(site.open(back), "console-session-ended");
    assertThat(sessions("live")).isEmpty();
  }

  @Test
  void openWhenTheAppsRulesLetThePersonNotInThenThePageSaysWhyAndWhomToAsk() {
    changeConfig(Map.of("allow", List.of(Map.of("claim", "groups", "anyOf", List.of("ops")))));
    signIn();

    HttpResponse<String> page = console.get(site.open("/").location());

    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body())
        .contains("<code>" + name + "</code>", "not-allowed", "your administrator");
    assertThat(sessions("live")).isEmpty();
  }

  @Test
  void openWhenTheConfigWantsScopesThenABrowserHasNone() {
    changeConfig(Map.of("requiredScopes", List.of("wiki")));
    signIn();

    HttpResponse<String> page = console.get(site.open("/").location());

    assertThat(page.body()).contains("insufficient-scope");
  }

  @Test
  void openWhenTheConfigNamesOtherClientsThenRefused() {
    changeConfig(Map.of("allowedClients", List.of("agent")));
    signIn();

    assertThat(console.get(site.open("/").location()).body()).contains("not-allowed");
  }

  @Test
  void openWhenSignedInWithAKeyThenThePageAsksForAPerson() {
    console.post("/auth/sign-in", "credential=" + server.adminKey().reveal());

    HttpResponse<String> page = console.get(site.open("/").location());

    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).contains("launch-person-needed");
  }

  @Test
  void launchWhenItDidNotBeginAtTheAppThenBeginsThere() {
    signIn();
    for (String query : List.of("", "?challenge=", "?challenge=x", "?challenge=https://evil")) {
      assertThat(HttpBrowser.location(console.get("/launch/" + name + query)))
          .isEqualTo(origin + "/");
    }
  }

  @Test
  void launchWhenThereIsNoSuchAppThenSaysSo() {
    signIn();
    HttpResponse<String> page = console.get("/launch/%3Cscript%3Ealert(1)%3C/script%3E");

    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).contains("app-not-found").doesNotContain("<script>alert");
  }

  @Test
  void fetchWhenNobodyIsSignedInThenRefusedWithoutAWayRound() {
    SiteBrowser.Answer script = site.fetch("/data", "Accept: */*");
    SiteBrowser.Answer frame =
        site.fetch("/", "Accept: text/html", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe");
    SiteBrowser.Answer form = site.send("POST", "/", "Accept: text/html");

    for (SiteBrowser.Answer answer : List.of(script, frame, form)) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.code()).isEqualTo("app-sign-in-needed");
      assertThat(answer.first("WWW-Authenticate")).startsWith("Bearer resource_metadata=");
    }
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void tripsWhenManyAreLeftUnfinishedThenTheOldestCookiesGo() {
    for (int i = 0; i < 8; i++) {
      site.open("/" + i);
    }
    assertThat(site.cookies()).hasSize(5);
  }

  private void assertSentBack(SiteBrowser.Answer answer, String reason) {
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.location())
        .isEqualTo(server.base() + "/launch/" + name + "?reason=" + reason);
    HttpResponse<String> page = console.get(answer.location());
    assertThat(page.body()).contains("<code>" + reason + "</code>");
  }

  @Test
  void openWhenAnotherConfigTakesOverThenTheSessionGoesOnAsThatOnes() {
    enter();
    List<String> before = sessions("live");
    String other = Unique.name("other");
    Map<String, Object> config =
        Map.of(
            "name",
            other,
            "appLabels",
            Map.of("test", List.of(name)),
            "priority",
            1,
            "jwt",
            Map.of("issuer", idp.issuer(), "jwksUrl", idp.issuer() + "/jwks"));
    assertThat(rest.post("app-auth-configs", config).status()).isEqualTo(201);

    assertThat(site.open("/").status()).isEqualTo(200);

    assertThat(sessions("live")).isEqualTo(before);
    assertThat(rest.get("app-sessions?app=" + name).at("/items/0/config")).isEqualTo(other);
  }
}
