package dev.sallyport.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.FakeIdp;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.Unique;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What went through the server's hands must not be in its log, whether it was good or bad.
class LogSecretsIT extends OidcSignIn {
  private final List<String> secrets = new ArrayList<>();

  @Test
  void logWhenPeopleAndMachinesComeInThenHoldsNoSecret() throws IOException {
    signInAndOut();
    refusedSignIns();
    machines();
    logout();

    secrets.removeIf(String::isBlank);
    assertThat(secrets).hasSizeGreaterThan(12);
    Path log = server.dataFolder().resolve("standalone/log/server.log");
    String written = Files.readString(log, StandardCharsets.ISO_8859_1);
    assertThat(written).isNotBlank();
    assertThat(secrets).noneMatch(written::contains);
  }

  private void signInAndOut() {
    FakeIdp.Asked asked = begin();
    remember(asked);
    String answer = idp.answer(asked);
    secrets.add(answer.replaceFirst("^.*code=([^&]+).*$", "$1"));
    callback(answer);
    assertThat(me().at("/kind").asString()).isEqualTo("user");
    secrets.addAll(browser.cookies().values());
    secrets.add(FakeIdp.SECRET);
    secrets.add(URLEncoder.encode(FakeIdp.SECRET, StandardCharsets.UTF_8));
    secrets.add(idp.lastAuthorization().substring("Basic ".length()));
    browser.send("POST", "/auth/logout", "Origin", server.base());
  }

  private void remember(FakeIdp.Asked asked) {
    secrets.add(asked.state());
    secrets.add(asked.parameters().get("nonce"));
    secrets.addAll(browser.cookies().values());
  }

  private void refusedSignIns() {
    FakeIdp.Asked asked = begin();
    remember(asked);
    String stolen = Unique.name("stolen");
    secrets.add(stolen);
    callback("code=%s&state=%s&iss=%s".formatted(stolen, asked.state(), idp.issuer()));
    idp.idToken(
        token -> {
          String forged = token.signedBy("P-256/stranger");
          secrets.add(forged);
          return forged;
        });
    signIn();
    idp.idToken(token -> "not-a-token-" + secrets.getFirst());
    signIn();
  }

  private void machines() {
    Rest.Answer key =
        rest.post("auth/keys", Map.of("name", Unique.name("key"), "role", "r-viewer"));
    secrets.add(key.at("/key"));
    Rest.Answer token = rest.with(new Secret(key.at("/key"))).post("auth/token", "{}");
    String jwt = token.at("/token");
    assertThat(jwt).as(token.text()).contains(".");
    secrets.add(jwt);
    try (GatewayClient client = new GatewayClient()) {
      String me = server.base() + ME;
      assertThat(client.get(me, jwt).statusCode()).isEqualTo(200);
      String wrong = jwt.substring(0, jwt.length() - 6) + "AAAAAA";
      secrets.add(wrong);
      assertThat(client.get(me, wrong).statusCode()).isEqualTo(401);
      String unknown = Unique.name("sp_unknown-key");
      secrets.add(unknown);
      assertThat(client.get(me, unknown).statusCode()).isEqualTo(401);
    }
  }

  private void logout() {
    String token = "eyJhbGciOiJFUzI1NiJ9." + Unique.name("logout") + ".c2ln";
    secrets.add(token);
    try (GatewayClient client = new GatewayClient()) {
      client.send(
          "POST",
          server.base() + "/auth/oidc/back-channel-logout",
          BodyPublishers.ofString("logout_token=" + token),
          "Content-Type",
          "application/x-www-form-urlencoded");
    }
  }
}
