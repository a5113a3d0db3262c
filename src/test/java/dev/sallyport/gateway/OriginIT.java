package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.RunningServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What pages in browsers may do here: only those of allowed origins may call and read, and none is
/// shown as a page of this host.
class OriginIT extends TwoEntrances {
  @Test
  void callWhenOriginIsForeignThenRefusedWithoutCors() {
    HttpResponse<String> answer =
        client.post(mcp.url(), mcp.token().signed(), "{}", "Origin", "https://evil.example");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("origin-not-allowed");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(upstream.received()).isEmpty();
  }

  @Test
  void callWhenOriginIsAllowedThenPageMayReadTheAnswer() {
    HttpResponse<String> answer =
        client.post(mcp.url(), mcp.token().signed(), "{}", "Origin", PAGE);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(PAGE);
    assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
        .contains("Mcp-Session-Id", "WWW-Authenticate");
    assertThat(answer.headers().allValues("Vary")).contains("Origin");
  }

  @Test
  void callWhenOriginIsAllowedButTokenIsNotThenPageMayReadTheChallenge() {
    HttpResponse<String> answer = client.post(mcp.url(), "a.b.c", "{}", "Origin", PAGE);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
  }

  @Test
  void preflightWhenOriginIsAllowedThenAnsweredHere() {
    HttpResponse<String> answer =
        client.send(
            "OPTIONS",
            mcp.url(),
            BodyPublishers.noBody(),
            "Origin",
            PAGE,
            "Access-Control-Request-Method",
            "POST");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("POST", "GET", "DELETE");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Authorization", "Mcp-Session-Id");
    assertThat(upstream.received()).isEmpty();
  }

  @Test
  void preflightWhenForParametersOfAToolThenTheyAreAllowedAndNothingElse() {
    HttpResponse<String> answer =
        client.send(
            "OPTIONS",
            mcp.url(),
            BodyPublishers.noBody(),
            "Origin",
            PAGE,
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "mcp-param-region, x-user, Mcp-Param-City");

    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .endsWith("Last-Event-ID, mcp-param-region, Mcp-Param-City");
  }

  @Test
  void preflightWhenForAnHttpAppThenAnsweredHere(RunningServer server) {
    Entrance app =
        Entrance.of(
            server, Map.of("uri", upstream.url() + "/", "allowedOrigins", List.of(PAGE)), Map.of());

    HttpResponse<String> answer =
        client.send(
            "OPTIONS",
            app.url() + "/things/1",
            BodyPublishers.noBody(),
            "Origin",
            PAGE,
            "Access-Control-Request-Method",
            "PUT",
            "Access-Control-Request-Headers",
            "authorization,x-thing");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("PUT");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("x-thing");
    assertThat(upstream.received()).isEmpty();
  }

  @Test
  void preflightWhenOriginIsForeignThenRefused() {
    HttpResponse<String> answer =
        client.send(
            "OPTIONS", mcp.url(), BodyPublishers.noBody(), "Origin", "https://evil.example");

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void callWhenBrowserNavigatesThenRefused() {
    HttpResponse<String> answer =
        client.get(http.url() + "/", http.token().signed(), "Sec-Fetch-Mode", "navigate");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(upstream.received()).isEmpty();
  }

  @Test
  void answerWhenFromAnAppThenSandboxed() {
    HttpResponse<String> answer = client.get(http.url() + "/", http.token().signed());

    assertThat(answer.headers().firstValue("Content-Security-Policy")).hasValue("sandbox");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void callWhenOnlyACookieCarriesTheTokenThenRefused() {
    HttpResponse<String> answer =
        client.send(
            "GET",
            http.url() + "/",
            BodyPublishers.noBody(),
            "Cookie",
            "sallyport_session=" + http.token().signed());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(upstream.received()).isEmpty();
  }
}
