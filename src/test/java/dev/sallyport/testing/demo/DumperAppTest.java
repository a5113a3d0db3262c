package dev.sallyport.testing.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(180)
class DumperAppTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final DumperApp dumper = DumperApp.start(0);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    http.shutdownNow();
    dumper.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/mcp", "/a%2Fb/..;/c"})
  void anyPathWhenCalledThenAnswersWhatItReceived(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path + "?x=1&x=%20"))
            .header("X-Test", "one")
            .header("X-Test", "two")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"ä\":1}"))
            .build();

    JsonNode dump =
        JsonMapper.shared().readTree(http.send(request, BodyHandlers.ofString()).body());

    assertThat(dump.get("method").stringValue()).isEqualTo("PUT");
    assertThat(dump.get("path").stringValue()).isEqualTo(path);
    assertThat(dump.get("query").stringValue()).isEqualTo("x=1&x=%20");
    assertThat(dump.get("headers").get("X-Test").toString()).isEqualTo("[\"one\",\"two\"]");
    assertThat(dump.get("body").stringValue()).isEqualTo("{\"ä\":1}");
  }

  @Test
  void receivedWhenRequestsCameThenKeepsThemUntilForgotten() throws Exception {
    get("/first");
    get("/second");

    assertThat(dumper.awaitReceived(2, SOON)).extracting(Received::path).contains("/second");
    assertThat(dumper.received().getFirst().header("USER-agent")).isPresent();
    dumper.forgetReceived();
    assertThat(dumper.received()).isEmpty();
    assertThatThrownBy(() -> dumper.awaitReceived(1, Duration.ofMillis(20)))
        .hasMessage("After PT0.02S: 0 requests, 0 open streams");
  }

  @Test
  void receivedWhenPrintedThenHidesHeaderValuesAndBody() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/x"))
            .header("Authorization", "Bearer of-the-client")
            .POST(HttpRequest.BodyPublishers.ofString("secret-body"))
            .build();
    http.send(request, BodyHandlers.discarding());

    assertThat(dumper.received().toString())
        .contains("Authorization")
        .doesNotContain("of-the-client", "secret-body");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 304, 401, 503})
  void statusWhenAskedThenAnswersIt(int status) throws Exception {
    assertThat(get("/status/" + status).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/status/x", "/status/100", "/status/600", "/big?bytes=x"})
  void numberWhenItIsNoneThenAnswers400(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(400);
  }

  @Test
  void bigWhenAskedThenStreamsExactlyThatMuch() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri("/big?bytes=1000003")).build();

    byte[] body = http.send(request, BodyHandlers.ofByteArray()).body();

    assertThat(body).hasSize(1_000_003);
    assertThat(new String(body, StandardCharsets.US_ASCII))
        .isEqualTo("abcdefghijklmnopqrstuvwxyz".repeat(38_462).substring(0, 1_000_003));
  }

  private URI uri(String path) {
    return URI.create(dumper.url() + path);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofInputStream());
  }
}
