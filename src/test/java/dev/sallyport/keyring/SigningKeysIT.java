package dev.sallyport.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Showing and rotating the server's own signing keys over REST.
@ResourceLock(Rings.ALONE)
@ExtendWith(RunningServer.Extension.class)
class SigningKeysIT {
  private static final Map<String, String> COOKIES = Map.of("purpose", "console-cookies");

  private RunningServer server;
  private Rest admin;

  @BeforeEach
  void use(RunningServer running) {
    server = running;
    admin = Rest.admin(running);
  }

  private List<JsonNode> keys(String purpose) {
    return admin
        .get("auth/signing-keys")
        .json()
        .get("items")
        .valueStream()
        .filter(key -> key.get("purpose").asString().equals(purpose))
        .toList();
  }

  private static List<String> states(List<JsonNode> keys) {
    return keys.stream().map(key -> key.get("state").asString()).toList();
  }

  /// A signed-in browser's cookies.
  private String signIn(GatewayClient client) {
    HttpResponse<String> answer =
        client.send(
            "POST",
            server.base() + "/auth/sign-in",
            BodyPublishers.ofString("credential=" + server.adminKey().reveal()),
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Origin",
            server.base());
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith("sallyport_session="))
        .findFirst()
        .orElseThrow()
        .split(";")[0];
  }

  private int me(GatewayClient client, String cookie) {
    return client
        .send("GET", server.base() + "/api/v1/auth/me", BodyPublishers.noBody(), "Cookie", cookie)
        .statusCode();
  }

  @Test
  void listThenOneActiveKeyForEachPurposeAndNoMaterial() {
    Rest.Answer answer = admin.get("auth/signing-keys");

    assertThat(answer.json().get("items").findValuesAsString("purpose"))
        .contains("console-cookies", "assertion", "api-tokens");
    assertThat(states(keys("console-cookies"))).containsOnlyOnce("active");
    assertThat(answer.json().at("/items/0").propertyNames())
        .containsExactly(
            "id", "purpose", "state", "createdAt", "activeFrom", "retiredAt", "verifiesUntil");
  }

  @Test
  void rotateWhenCookiesThenNewOnesAreSignedAnewAndOldOnesGoOn() {
    try (GatewayClient client = new GatewayClient()) {
      String before = signIn(client);

      Rest.Answer rotated = admin.post("auth/signing-keys/rotate", COOKIES);

      assertThat(rotated.status()).isEqualTo(201);
      assertThat(rotated.at("/state")).isEqualTo("active");
      String after = signIn(client);
      assertThat(before).doesNotContain(rotated.at("/id"));
      assertThat(after).contains("." + rotated.at("/id") + ".");
      assertThat(List.of(me(client, before), me(client, after))).containsOnly(200);
      List<JsonNode> keys = keys("console-cookies");
      assertThat(states(keys)).startsWith("active", "retired");
      assertThat(keys.get(1).get("verifiesUntil").asString()).isNotEmpty();
      assertThat(
              admin
                  .get("audit?event=signing_key.rotated&resource=" + rotated.at("/id"))
                  .at("/total"))
          .isEqualTo("1");
    }
  }

  @Test
  void rotateWhenAssertionsThenPublishedBeforeItSigns() {
    // The first is refused as well when this server rotated them within the last ten minutes.
    admin.post("auth/signing-keys/rotate", Map.of("purpose", "assertion"));
    Rest.Answer again = admin.post("auth/signing-keys/rotate", Map.of("purpose", "assertion"));

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("rotation-pending");
    assertThat(states(keys("assertion"))).startsWith("next", "active");
    assertThat(published()).hasSizeGreaterThanOrEqualTo(2);
  }

  private List<String> published() {
    try (GatewayClient client = new GatewayClient()) {
      HttpResponse<String> answer =
          client.send("GET", server.base() + "/.well-known/jwks.json", BodyPublishers.noBody());
      return new JsonMapper().readTree(answer.body()).get("keys").findValuesAsString("kid");
    }
  }

  @Test
  void rotateWhenPurposeIsUnknownThenNamed() {
    for (Object body : List.of("{}", Map.of("purpose", "mcp-session-id"))) {
      Rest.Answer answer = admin.post("auth/signing-keys/rotate", body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.fields()).containsExactly("purpose");
    }
  }

  @Test
  void callWhenPermissionIsMissingThenRefused() {
    Rest operator = admin.holding("r-operator");

    assertThat(operator.get("auth/signing-keys").text()).contains("auth.signing_key.list");
    assertThat(operator.post("auth/signing-keys/rotate", COOKIES).text())
        .contains("auth.signing_key.rotate");
    assertThat(Rest.anonymous(server).get("auth/signing-keys").status()).isEqualTo(401);
  }
}
