package dev.sallyport.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.SiteBrowser.Answer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may use the cookie of a browser that is signed in at an app: one rule each.
class CookieUseIT extends LaunchFixture {

  @BeforeEach
  void begin() {
    signIn();
    enter();
  }

  private Answer asked(String from, String mode, String dest) {
    return site.fetch(
        "/", "Sec-Fetch-Site: " + from, "Sec-Fetch-Mode: " + mode, "Sec-Fetch-Dest: " + dest);
  }

  @ParameterizedTest
  @CsvSource({
    "same-origin,cors,empty",
    "same-origin,no-cors,image",
    "none,navigate,document",
    "same-site,navigate,document",
    "cross-site,navigate,document"
  })
  void getWhenByTheAppsOwnPageOrByALinkThenTaken(String from, String mode, String dest) {
    assertThat(asked(from, mode, dest).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "same-site,no-cors,script",
    "same-site,cors,empty",
    "same-site,navigate,iframe",
    "cross-site,no-cors,image"
  })
  void getWhenByAPageOfAnotherHostThenRefused(String from, String mode, String dest) {
    int before = upstream.requests().size();

    Answer answer = asked(from, mode, dest);

    assertThat(answer.status() + " " + answer.code()).isEqualTo("403 origin-not-allowed");
    assertThat(upstream.requests()).hasSize(before);
  }

  @Test
  void postWhenALinkOfAnotherHostThenRefused() {
    Answer answer =
        site.send(
            "POST",
            "/",
            "Sec-Fetch-Site: same-site",
            "Sec-Fetch-Mode: navigate",
            "Sec-Fetch-Dest: document");

    assertThat(answer.code()).isEqualTo("origin-not-allowed");
  }

  @Test
  void cookieWhenSentAsATokenThenRefusedHereAndAtTheConsolesHost() {
    String bearer = "Bearer " + site.cookies().get(COOKIE);
    site.cookies().clear();

    Answer here = site.fetch("/", "Authorization: " + bearer);
    HttpResponse<String> there = console.get("/apps/" + name + "/", "Authorization", bearer);

    assertThat(List.of(here.status(), there.statusCode())).containsOnly(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-admin/users", "@127.0.0.1/", "*"})
  void pathWhenItDoesNotBeginAtTheRootThenRefused(String path) {
    int before = upstream.requests().size();

    assertThat(site.fetch(path).status()).isEqualTo(400);
    assertThat(upstream.requests()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%2Fb", "/a%2fb", "/%2e%2e/b"})
  void pathWhenAPartIsEncodedTwoWaysThenRefusedWithTheReason(String path) {
    int before = upstream.requests().size();

    Answer answer = site.fetch(path);

    assertThat(answer.status() + " " + answer.code()).isEqualTo("400 bad-request");
    assertThat(answer.body()).contains("encoded slash");
    assertThat(upstream.requests()).hasSize(before);
  }

  @Test
  void originWhenOfAStrangerThenItCannotReadTheRefusal() {
    Answer answer = site.fetch("/", "Origin: https://evil.example");

    assertThat(answer.code()).isEqualTo("origin-not-allowed");
    assertThat(answer.all("Access-Control-Allow-Origin")).isEmpty();
  }
}
