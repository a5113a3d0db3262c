package dev.sallyport.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Routes that anybody can call: each has buckets of its own for each address.
@ExtendWith(RunningServer.Extension.class)
class PublicRoutesLimitIT {
  private static final int ENOUGH = 1_000;

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

  private HttpResponse<String> logout(GatewayClient from) {
    return from.send(
        "POST",
        server.base() + "/auth/oidc/back-channel-logout",
        BodyPublishers.ofString("logout_token=a.b.c"),
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  private HttpResponse<String> callback(GatewayClient from) {
    return from.send(
        "GET",
        server.base() + "/auth/oidc/callback?code=x&state=y",
        BodyPublishers.noBody(),
        "Accept",
        "application/json");
  }

  private HttpResponse<String> bootstrap(GatewayClient from) {
    return from.send(
        "POST",
        server.base() + "/api/v1/auth/bootstrap",
        BodyPublishers.ofString("{\"token\":\"wrong\"}"),
        "Content-Type",
        "application/json");
  }

  /// Calls until the limit is reached; somebody else is answered as before.
  private void assertLimited(Function<GatewayClient, HttpResponse<String>> call) {
    HttpResponse<String> first = call.apply(client);
    assertThat(first.statusCode()).isNotEqualTo(429);
    HttpResponse<String> last = first;
    for (int i = 0; i < ENOUGH && last.statusCode() == first.statusCode(); i++) {
      last = call.apply(client);
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValue("Retry-After").orElseThrow()).matches("[1-9][0-9]*");
    try (GatewayClient other = new GatewayClient()) {
      assertThat(call.apply(other).statusCode()).isEqualTo(first.statusCode());
    }
  }

  @Test
  void logoutWhenRefusedTooOftenThenLimited() {
    assertLimited(this::logout);
    assertThat(callback(client).statusCode()).isEqualTo(400);
  }

  @Test
  void callbackWhenCalledTooOftenThenLimited() {
    assertLimited(this::callback);
  }

  @Test
  void bootstrapWhenTriedTooOftenThenLimited() {
    assertLimited(this::bootstrap);
  }
}
