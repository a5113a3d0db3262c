package dev.sallyport.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DemoClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What must work for anything else to make sense.
@ExtendWith(RunningServer.Extension.class)
class SmokeIT {
  @Test
  void readinessWhenUpThenOk(RunningServer server) {
    assertThat(get(server.management() + "/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void appsWhenNoKeyThenRefused(RunningServer server) {
    HttpResponse<String> answer = get(server.base() + "/api/v1/apps");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  @Test
  void appsWhenAdminKeyThenTheDemoIsThere(RunningServer server) {
    try (AdminApi api = server.api()) {
      AdminApi.Answer answer = api.get("apps");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().findValuesAsString("name"))
          .contains(DemoObjects.MCP_APP, DemoObjects.DUMPER);
    }
  }

  @Test
  void bootstrapWhenDoneThenClosed(RunningServer server) {
    try (AdminApi anonymous = new AdminApi(server.base(), null)) {
      AdminApi.Answer answer = anonymous.post("auth/bootstrap", Map.of("token", "again"));

      assertThat(answer.body().get("code").asString()).isEqualTo("bootstrap-closed");
    }
  }

  @Test
  void toolWhenCalledWithATokenThenKnowsThePerson(RunningServer server) {
    try (DemoClient client = DemoClient.withBearer(server.mcpUrl(), server.token("alice"))) {
      assertThat(DemoClient.text(client.call("whoami", Map.of()))).contains("alice");
    }
  }

  @Test
  void toolWhenCalledWithoutATokenThenRefused(RunningServer server) {
    HttpResponse<String> answer = get(server.mcpUrl());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
  }

  private static HttpResponse<String> get(String url) {
    return RunningServer.send(HttpRequest.newBuilder(URI.create(url)).build());
  }
}
