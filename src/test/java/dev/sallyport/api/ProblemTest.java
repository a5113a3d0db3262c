package dev.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import dev.sallyport.persistence.Json;
import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.ProblemType;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemTest {
  private static Settings settings(String publicUrl) {
    return Settings.read(Map.of("SALLYPORT_MASTER_KEY", "k", "SALLYPORT_PUBLIC_URL", publicUrl));
  }

  // RFC 9457 section 3.1.
  @Test
  void ofWhenWrittenThenTheWholeBody() {
    Problem problem =
        Problem.of(
            ProblemType.INVALID, "must be set.", "req_1", List.of(new FieldProblem("a", "b")));
    assertThat(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(problem))
        .isEqualToNormalizingNewlines(
            """
            {
              "type" : "/problems/invalid",
              "title" : "Invalid input",
              "status" : 400,
              "detail" : "must be set.",
              "code" : "invalid",
              "requestId" : "req_1",
              "errors" : [ {
                "field" : "a",
                "detail" : "b"
              } ]
            }\
            """);
  }

  // RFC 6265bis section 4.1.3.2: `__Host-` demands Secure, Path=/ and no Domain.
  @Test
  void cookieWhenHttpsThenBoundToTheHost() {
    Cookie cookie = SessionCookie.session(settings("https://gw.example"), "v", Duration.ofHours(8));
    assertThat(cookie.getName()).isEqualTo("__Host-sallyport_session");
    assertThat(cookie.getSecure()).isTrue();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(cookie.getDomain()).isNull();
    assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
    assertThat(cookie.getMaxAge()).isEqualTo(8 * 3600);
  }

  @Test
  void cookieWhenPlainHttpOnLoopbackThenNotSecure() {
    Cookie cookie =
        SessionCookie.session(settings("http://127.0.0.1:8080"), "v", Duration.ofHours(8));
    assertThat(cookie.getName()).isEqualTo("sallyport_session");
    assertThat(cookie.getSecure()).isFalse();
    assertThat(cookie.isHttpOnly()).isTrue();
  }

  @Test
  void cookieWhenEmptyThenDeletes() {
    Cookie cookie = SessionCookie.session(settings("https://gw.example"), "", Duration.ZERO);
    assertThat(cookie.getMaxAge()).isZero();
  }

  @Test
  void cookieOfCsrfThenScriptsOfThisSiteReadIt() {
    Cookie cookie = SessionCookie.csrf(settings("https://gw.example"), "v", Duration.ofHours(8));
    assertThat(cookie.getName()).isEqualTo("__Host-sallyport_csrf");
    assertThat(cookie.isHttpOnly()).isFalse();
    assertThat(cookie.getSecure()).isTrue();
  }

  @Test
  void cookieWhenStrictIsSetThenStrict() {
    Settings strict =
        Settings.read(
            Map.of(
                "SALLYPORT_MASTER_KEY", "k",
                "SALLYPORT_PUBLIC_URL", "https://gw.example",
                "SALLYPORT_CONSOLE_COOKIE_SAME_SITE", "Strict"));
    Cookie cookie = SessionCookie.session(strict, "v", Duration.ofHours(8));
    assertThat(cookie.getAttribute("SameSite")).isEqualTo("Strict");
  }
}
