package dev.sallyport.consolesessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a change over REST by cookie needs besides the cookie.
@ExtendWith(RunningServer.Extension.class)
class CsrfIT {
  private static final String PATH = "auth/sign-in-links";

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

  private String token() {
    return browser.cookie("sallyport_csrf");
  }

  private static void assertRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"csrf\"");
  }

  @Test
  void changeWhenTokenAndOriginAreRightThenTaken() {
    HttpResponse<String> answer = browser.rest("POST", PATH, "{}");

    assertThat(answer.statusCode()).isEqualTo(201);
  }

  @Test
  void changeWhenTokenIsRightAndSiteIsSaidByFetchMetadataThenTaken() {
    HttpResponse<String> answer =
        browser.bare("POST", PATH, "{}", "Sec-Fetch-Site", "same-origin", "X-CSRF-Token", token());

    assertThat(answer.statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void changeWhenTokenIsMissingThenRefused(String method) {
    assertRefused(browser.bare(method, PATH, "{}", "Origin", server.base()));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void changeWhenTokenIsWrongThenRefused(String token) {
    assertRefused(browser.bare("POST", PATH, "{}", "Origin", server.base(), "X-CSRF-Token", token));
  }

  @Test
  void changeWhenTokenIsThatOfAnotherSessionThenRefused() {
    try (ConsoleBrowser other = new ConsoleBrowser(server)) {
      other.signIn(server.adminKey());
      String foreign = other.cookie("sallyport_csrf");

      assertThat(foreign).isNotEmpty().isNotEqualTo(token());
      assertRefused(
          browser.bare("POST", PATH, "{}", "Origin", server.base(), "X-CSRF-Token", foreign));
    }
  }

  @Test
  void changeWhenOriginIsForeignThenTokenDoesNotHelp() {
    assertRefused(
        browser.bare(
            "POST", PATH, "{}", "Origin", "https://evil.example", "X-CSRF-Token", token()));
    assertRefused(browser.bare("POST", PATH, "{}", "X-CSRF-Token", token()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "none"})
  void changeWhenFetchMetadataSaysOtherwiseThenOriginDoesNotHelp(String site) {
    assertRefused(
        browser.bare(
            "POST",
            PATH,
            "{}",
            "Origin",
            server.base(),
            "Sec-Fetch-Site",
            site,
            "X-CSRF-Token",
            token()));
  }

  @Test
  void readWhenTokenIsMissingThenAnswered() {
    assertThat(browser.bare("GET", "auth/sessions", "").statusCode()).isEqualTo(200);
  }

  @Test
  void changeWhenByKeyThenNoTokenIsNeeded() {
    Rest.Answer answer = Rest.admin(server).send("POST", PATH, BodyPublishers.ofString("{}"));

    assertThat(answer.status()).isEqualTo(201);
  }

  @Test
  void changeWhenNobodyIsSignedInThenUnauthenticatedRatherThanCsrf() {
    assertThat(Rest.anonymous(server).post(PATH, "{}").status()).isEqualTo(401);
  }

  @Test
  void signInThenTokenCanBeReadByScriptsAndSessionCanNot() {
    try (ConsoleBrowser fresh = new ConsoleBrowser(server)) {
      HttpResponse<String> answer = fresh.signIn(server.adminKey());

      assertThat(answer.headers().allValues("Set-Cookie"))
          .hasSize(2)
          .anyMatch(c -> c.startsWith("sallyport_session=v1.ses-") && c.contains("HttpOnly"))
          .anyMatch(c -> c.startsWith("sallyport_csrf=") && !c.contains("HttpOnly"))
          .allMatch(c -> c.contains("SameSite=Lax") && c.contains("Max-Age="));
    }
  }
}
