package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is public is read, and nothing else.
@ExtendWith(RunningServer.Extension.class)
class WellKnownIT {
  private static final String METHODS = "GET, HEAD, OPTIONS";

  private final GatewayClient client = new GatewayClient();
  private List<String> urls;
  private String unknown;

  @BeforeEach
  void open(RunningServer server) {
    Entrance app = Entrance.to(server, "mcp+https://app.example/mcp");
    unknown = server.base() + "/.well-known/nothing";
    urls =
        List.of(
            server.base() + "/.well-known/jwks.json",
            server.base() + "/.well-known/oauth-protected-resource/mcp/apps/" + app.name());
  }

  @AfterEach
  void close() {
    client.close();
  }

  private HttpResponse<String> call(String method, String url, String... headers) {
    return client.send(method, url, BodyPublishers.noBody(), headers);
  }

  @Test
  void headWhenAskedThenAsGetWithoutTheBody() {
    for (String url : urls) {
      HttpResponse<String> head = call("HEAD", url);

      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(call("GET", url).body()).startsWith("{");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "PROPFIND"})
  void methodWhenItIsAnotherThenToldWhichAreTaken(String method) {
    for (String url : urls) {
      HttpResponse<String> answer = call(method, url);

      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).hasValue(METHODS);
      assertThat(answer.body()).contains("\"code\":\"method-not-allowed\"");
    }
  }

  @Test
  void preflightWhenAPageAsksThenItMayReadWithHeadersOfItsOwn() {
    for (String url : urls) {
      HttpResponse<String> answer =
          call(
              "OPTIONS",
              url,
              "Origin",
              "https://page.example",
              "Access-Control-Request-Method",
              "GET",
              "Access-Control-Request-Headers",
              "mcp-protocol-version");

      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.headers().firstValue("Allow")).hasValue(METHODS);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Headers")).hasValue("*");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "OPTIONS"})
  void documentWhenThereIsNoneThenNotFoundByAnyMethod(String method) {
    assertThat(call(method, unknown).statusCode()).isEqualTo(404);
  }
}
