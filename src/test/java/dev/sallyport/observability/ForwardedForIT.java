package dev.sallyport.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.RunningServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the server says about an `X-Forwarded-For` that does not count.
@ExtendWith(RunningServer.Extension.class)
class ForwardedForIT {
  private static HttpResponse<String> get(String url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return RunningServer.send(request.build());
  }

  @Test
  void healthWhenAnUntrustedPeerSendsItThenWarnsAndStaysUp(RunningServer server) {
    get(server.base() + "/auth/sign-in", "X-Forwarded-For", "203.0.113.7");

    HttpResponse<String> health = get(server.management() + "/health/ready");

    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body())
        .contains("client-address", "sends X-Forwarded-For and is not in")
        .doesNotContain("203.0.113.7");
  }

  @Test
  void healthWhenAnUntrustedPeerSendsItToAnAppThenWarns(RunningServer server) {
    get(server.base() + "/apps/none/", "X-Forwarded-For", "203.0.113.7");

    assertThat(get(server.management() + "/health/ready").body())
        .contains("sends X-Forwarded-For and is not in");
  }
}
