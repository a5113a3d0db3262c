package dev.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cookie, key and token at one door: none stands in for another.
@ExtendWith(RunningServer.Extension.class)
class CredentialsIT {
  private static final String PLAIN = "Bearer realm=\"sallyport\"";
  private static final String INVALID = PLAIN + ", error=\"invalid_token\"";
  private static final String ME = "/api/v1/auth/me";

  private final GatewayClient client = new GatewayClient();
  private RunningServer server;
  private String key;

  @BeforeEach
  void use(RunningServer running) {
    server = running;
    key = "Bearer " + server.adminKey().reveal();
  }

  @AfterEach
  void close() {
    client.close();
  }

  private HttpResponse<String> get(String path, String... headers) {
    return client.send("GET", server.base() + path, BodyPublishers.noBody(), headers);
  }

  private String cookie() {
    String credential = URLEncoder.encode(server.adminKey().reveal(), StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        client.send(
            "POST",
            server.base() + "/auth/sign-in",
            BodyPublishers.ofString("return_to=%2F&credential=" + credential),
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Origin",
            server.base());
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.contains("sallyport_session="))
        .findFirst()
        .orElseThrow()
        .split(";")[0];
  }

  private static void assertChallenge(HttpResponse<String> answer, String challenge) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue(challenge);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void callWhenOneIsGoodThenAnswered() {
    String cookie = cookie();

    assertThat(get(ME, "Authorization", key).statusCode()).isEqualTo(200);
    assertThat(get(ME, "Authorization", key.replace("Bearer", "bearer")).statusCode())
        .isEqualTo(200);
    assertThat(get(ME, "Cookie", cookie).statusCode()).isEqualTo(200);
  }

  @Test
  void callWhenTwoAreGoodThenRefused() {
    HttpResponse<String> answer = get(ME, "Authorization", key, "Cookie", cookie());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"two-credentials\"");
    assertThat(get(ME, "Authorization", key, "Authorization", key).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer sp_wrong", "Bearer a.b.c", "Bearer x", "Bearer"})
  void callWhenBearerIsBadThenRefusedOnEveryPath(String header) {
    assertChallenge(get(ME, "Authorization", header), INVALID);
    assertChallenge(get("/apps", "Authorization", header), INVALID);
    assertChallenge(get("/auth/sign-in", "Authorization", header), INVALID);
  }

  @Test
  void callWhenThereIsNoneThenNoErrorIsNamed() {
    assertChallenge(get(ME), PLAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Negotiate abc", "sp_wrong"})
  void callWhenTheSchemeIsAnotherThenRefusedOnApi(String header) {
    assertChallenge(get(ME, "Authorization", header), PLAIN);
    assertChallenge(get("/api/v1/apps", "Authorization", header), PLAIN);
    assertThat(get("/auth/sign-in", "Authorization", header).statusCode()).isEqualTo(200);
  }

  @Test
  void callWhenCookieIsBadThenRefusedOnApiAndLedToTheSignInElsewhere() {
    String stale = cookie().split("=")[0] + "=v1.ses-stale.key.mac";

    assertChallenge(get(ME, "Cookie", stale), PLAIN);
    HttpResponse<String> page = get("/apps", "Cookie", stale);
    assertThat(page.statusCode()).isEqualTo(303);
    assertThat(page.headers().firstValue("Location").orElseThrow()).startsWith("/auth/sign-in");
    assertThat(get("/auth/sign-in", "Cookie", stale).statusCode()).isEqualTo(200);
  }

  @Test
  void callWhenThePathIsWrittenInAnotherWayThenStillRefused() {
    String stale = cookie().split("=")[0] + "=stale";

    assertThat(get("/%61pi/v1/apps", "Cookie", stale).statusCode()).isNotEqualTo(200);
    assertThat(get("/api;x=y/v1/apps", "Cookie", stale).statusCode()).isNotEqualTo(200);
  }
}
