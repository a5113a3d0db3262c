package dev.sallyport.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The path of the first admin on a server that has one.
@ExtendWith(RunningServer.Extension.class)
class BootstrapResourceIT {
  private final GatewayClient client = new GatewayClient();
  private RunningServer server;

  @BeforeEach
  void open(RunningServer running) {
    server = running;
  }

  @AfterEach
  void close() {
    client.close();
  }

  private HttpResponse<String> claim(String body) {
    return client.send(
        "POST",
        server.base() + "/api/v1/auth/bootstrap",
        BodyPublishers.ofString(body),
        "Content-Type",
        "application/json");
  }

  @Test
  void claimWhenThereIsAnAdminThenClosedAlsoForTheRightToken() throws IOException {
    Path token = server.dataFolder().resolve("secrets/bootstrap-token");
    HttpResponse<String> answer = claim("{\"token\":\"" + Files.readString(token).strip() + "\"}");

    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(answer.body()).contains("\"code\":\"bootstrap-closed\"").doesNotContain("sp_");
  }

  @Test
  void claimWhenTheTokenIsAbsentThenNamesTheField() {
    HttpResponse<String> answer = claim("{}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"field\":\"token\"");
  }

  @Test
  void claimWhenTheTokenIsLongThenRefusedWithoutALook() {
    assertThat(claim("{\"token\":\"" + "x".repeat(1_001) + "\"}").statusCode()).isEqualTo(401);
  }

  @Test
  void claimWhenTheBodyIsLargeThenRefused() {
    HttpResponse<String> answer = claim("{\"token\":\"" + "x".repeat(1_100_000) + "\"}");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("\"code\":\"body-too-large\"");
  }

  @Test
  void claimWhenRefusedThenTheTokenStandsNowhere() throws IOException {
    String token = Unique.name("a-token-that-somebody-tried");
    HttpResponse<String> answer = claim("{\"token\":\"" + token + "\"}");

    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(answer.body() + answer.headers().map()).doesNotContain(token);
    Path log = server.dataFolder().resolve("standalone/log/server.log");
    assertThat(Files.readString(log, StandardCharsets.ISO_8859_1))
        .isNotBlank()
        .doesNotContain(token);
    assertThat(Rest.admin(server).get("audit?event=bootstrap.refused&limit=20").text())
        .doesNotContain(token);
  }
}
