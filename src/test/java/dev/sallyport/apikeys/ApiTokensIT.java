package dev.sallyport.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.jose.ParsedToken;
import dev.sallyport.jose.TokenSyntax;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// `POST /auth/token`, and what its tokens are worth.
@ExtendWith(RunningServer.Extension.class)
class ApiTokensIT {
  private final GatewayClient client = new GatewayClient();
  private RunningServer server;
  private Rest admin;
  private Rest.Answer made;

  @BeforeEach
  void prepare(RunningServer running) {
    server = running;
    admin = Rest.admin(server);
    made = admin.post("auth/keys", Map.of("name", Unique.name("key"), "role", "r-operator"));
  }

  @AfterEach
  void close() {
    client.close();
  }

  private Rest holder() {
    return admin.with(new Secret(made.at("/key")));
  }

  private String token() {
    return holder().post("auth/token", "{}").at("/token");
  }

  private int status(String token) {
    return client.get(server.base() + "/api/v1/apps", token).statusCode();
  }

  private static ParsedToken parsed(String token) {
    return ((TokenSyntax.Parsed) TokenSyntax.read(token)).token();
  }

  @Test
  void issueWhenByAKeyThenAMicroProfileToken() {
    Rest.Answer issued = holder().post("auth/token", "{}");

    assertThat(issued.status()).isEqualTo(200);
    assertThat(issued.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(issued.at("/tokenType")).isEqualTo("Bearer");
    ParsedToken token = parsed(issued.at("/token"));
    assertThat(token.header().alg()).isEqualTo("ES256");
    assertThat(token.claims().string("iss")).isEqualTo(server.base() + "/api");
    assertThat(token.claims().stringList("aud")).containsExactly(server.base() + "/api");
    assertThat(token.claims().string("sub")).isEqualTo(made.at("/id"));
    assertThat(token.claims().string("upn")).isEqualTo(made.at("/name"));
    assertThat(token.claims().stringList("groups")).containsExactly("r-operator");
    assertThat(token.claims().string("jti")).startsWith("tok_");
    Instant exp = token.claims().instant("exp");
    assertThat(Duration.between(token.claims().instant("iat"), exp))
        .isEqualTo(Duration.ofMinutes(15));
    assertThat(Instant.parse(issued.at("/expiresAt"))).isEqualTo(exp);
  }

  @Test
  void issueWhenNothingIsSaidAtAllThenAsUsual() {
    HttpResponse<String> issued =
        client.send(
            "POST",
            server.base() + "/api/v1/auth/token",
            BodyPublishers.noBody(),
            "Authorization",
            "Bearer " + made.at("/key"));

    assertThat(issued.statusCode()).isEqualTo(200);
  }

  @Test
  void issueWhenShorterIsWantedThenShorter() {
    String token = holder().post("auth/token", Map.of("expiresIn", "PT1M")).at("/token");

    assertThat(
            Duration.between(
                parsed(token).claims().instant("iat"), parsed(token).claims().instant("exp")))
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void issueWhenLongerIsWantedThenRefused() {
    Rest.Answer refused = holder().post("auth/token", Map.of("expiresIn", "PT16M"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("expiresIn");
  }

  @Test
  void issueWhenTheKeyEndsSoonerThenTheTokenDoes() {
    Instant end = Instant.now().plusSeconds(120);
    made =
        admin.post(
            "auth/keys",
            Map.of("name", Unique.name("key"), "role", "r-viewer", "expiresAt", end.toString()));

    assertThat(parsed(token()).claims().instant("exp")).isBeforeOrEqualTo(end);
  }

  @Test
  void issueWhenByATokenThenRefused() {
    Rest.Answer refused = admin.with(new Secret(token())).post("auth/token", "{}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("api-key-required");
  }

  @Test
  void issueWhenByNobodyThenRefused() {
    assertThat(Rest.anonymous(server).post("auth/token", "{}").status()).isEqualTo(401);
  }

  @Test
  void linkWhenByATokenThenRefused() {
    Rest.Answer refused = admin.with(new Secret(token())).post("auth/sign-in-links", "{}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("api-key-required");
    assertThat(holder().post("auth/sign-in-links", "{}").status()).isEqualTo(201);
  }

  @Test
  void tokenWhenUsedThenTheKeysActor() {
    Rest.Answer me = admin.with(new Secret(token())).get("auth/me");

    assertThat(me.at("/kind")).isEqualTo("api-key");
    assertThat(me.at("/id")).isEqualTo(made.at("/id"));
  }

  @Test
  void tokenWhenTheKeyIsNarrowedThenSoIsTheToken() {
    Rest bearer = admin.with(new Secret(token()));
    assertThat(bearer.post("apps", "{}").status()).isEqualTo(400);

    admin.send(
        "PATCH", "auth/keys/" + made.at("/id"), BodyPublishers.ofString("{\"role\":\"r-viewer\"}"));

    assertThat(bearer.post("apps", "{}").status()).isEqualTo(403);
  }

  @Test
  void tokenWhenTheKeyIsDeletedThenRefused() {
    String token = token();
    assertThat(status(token)).isEqualTo(200);

    admin.delete("auth/keys/" + made.at("/id"));

    assertThat(status(token)).isEqualTo(401);
  }

  @Test
  void tokenWhenItsValueIsRotatedAwayThenRefused() {
    String token = token();
    String path = "auth/keys/" + made.at("/id") + "/rotate";

    admin.post(path, Map.of("overlap", "PT1H"));
    assertThat(status(token)).isEqualTo(200);
    admin.post(path, "{}");

    assertThat(status(token)).isEqualTo(401);
  }

  @Test
  void tokenWhenChangedThenRefusedAsWhatItIs() {
    String[] parts = token().split("\\.");
    String[] other = token().split("\\.");

    HttpResponse<String> refused =
        client.get(server.base() + "/api/v1/apps", parts[0] + "." + parts[1] + "." + other[2]);

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("\"code\":\"credential-invalid\"");
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer realm=\"sallyport\", error=\"invalid_token\"");
  }

  @Test
  void tokenWhenShownToAnAppThenRefused() {
    assertThat(client.post(server.mcpUrl(), token(), "{}").statusCode()).isEqualTo(401);
  }
}
