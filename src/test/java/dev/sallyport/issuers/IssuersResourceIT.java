package dev.sallyport.issuers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestIssuer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `/issuers` from outside.
@ExtendWith(RunningServer.Extension.class)
class IssuersResourceIT {
  private final TestIssuer issuer = TestIssuer.create();
  private Rest rest;

  @BeforeEach
  void admin(RunningServer server) {
    rest = Rest.admin(server);
  }

  private Map<String, Object> input() {
    return Map.of("issuer", issuer.iss(), "staticJwks", issuer.jwks());
  }

  @Test
  void createWhenValidThenWholeIssuerComesBack() {
    Rest.Answer made = rest.post("issuers", input());

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.at("/staticJwks")).contains("\"crv\":\"P-256\"");
    assertThat(made.shape().replace(issuer.iss(), "ISS").replaceFirst("(?m)^.*staticJwks.*\\R", ""))
        .isEqualToIgnoringWhitespace(
            """
            {
              "id" : "iss_ID",
              "issuer" : "ISS",
              "jwksUrl" : null,
              "subjectClaim" : "sub",
              "authorizationServer" : true,
              "revision" : 0,
              "createdAt" : "TIME",
              "updatedAt" : "TIME"
            }
            """);
    assertThat(rest.get("issuers/" + made.at("/id")).json()).isEqualTo(made.json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"issuer":"https://i.example"}                                         | jwksUrl
          {"jwksUrl":"https://i.example/jwks"}                                   | issuer
          {"issuer":" https://i.example","jwksUrl":"https://i.example/jwks"}     | issuer
          {"issuer":"https://i.example","jwksUrl":"file:///etc/passwd"}          | jwksUrl
          {"issuer":"https://i.example","staticJwks":{}}                         | staticJwks
          {"issuer":"https://i.example","staticJwks":{"keys":[]}}                | staticJwks
          {"issuer":"https://i.example","jwksUrl":"https://i.example","keys":[]} | keys
          """)
  void createWhenAFieldIsWrongThenNamed(String body, String field) {
    Rest.Answer refused = rest.post("issuers", body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly(field);
  }

  @Test
  void createWhenIssuerIsKnownThenConflict() {
    rest.post("issuers", input());

    assertThat(rest.post("issuers", input()).status()).isEqualTo(409);
  }

  @Test
  void configWhenIssuerIsKnownWithOtherKeysThenRefused(RunningServer server) {
    Entrance entrance = Entrance.to(server, "https://app.example/");
    var config =
        Map.of(
            "name",
            entrance.name() + "-2",
            "appLabels",
            Map.of("test", List.of("none")),
            "jwt",
            Map.of("issuer", entrance.issuer().iss(), "staticJwks", TestIssuer.create().jwks()));

    Rest.Answer refused = rest.post("app-auth-configs", config);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("issuer-keys-differ");
  }

  @Test
  void configWhenIssuerIsKnownAndKeysAreLeftOutThenShared(RunningServer server) {
    Entrance entrance = Entrance.to(server, "https://app.example/");
    var config =
        Map.of(
            "name",
            entrance.name() + "-2",
            "appLabels",
            Map.of("test", List.of("none")),
            "jwt",
            Map.of("issuer", entrance.issuer().iss()));

    Rest.Answer made = rest.post("app-auth-configs", config);

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.at("/jwt/issuerId"))
        .isEqualTo(rest.get(entrance.configPath()).at("/jwt/issuerId"));
  }

  @Test
  void deleteWhenAConfigTrustsItThenRefused(RunningServer server) {
    Entrance entrance = Entrance.to(server, "https://app.example/");
    String path = "issuers/" + rest.get(entrance.configPath()).at("/jwt/issuerId");

    Rest.Answer refused = rest.delete(path, rest.get(path).etag());

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("issuer-in-use");
  }

  @Test
  void updateWhenIssWouldChangeThenRefused() {
    String path = "issuers/" + rest.post("issuers", input()).at("/id");

    Rest.Answer refused = rest.change(path, input(), Map.of("issuer", issuer.iss() + "/"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("issuer");
  }

  @Test
  void createWhenOnlyOperatorThenRefused() {
    Rest.Answer refused = rest.holding("r-operator").post("issuers", input());

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.at("/detail")).contains("issuer.edit");
  }

  @Test
  void configWhenOperatorBringsANewIssuerThenRefused() {
    var config =
        Map.of(
            "name",
            "x" + issuer.pair().hashCode(),
            "appLabels",
            Map.of("a", List.of("b")),
            "jwt",
            Map.of("issuer", issuer.iss(), "staticJwks", issuer.jwks()));

    assertThat(rest.holding("r-operator").post("app-auth-configs", config).status()).isEqualTo(403);
    assertThat(rest.get("issuers").json().findValuesAsString("issuer"))
        .doesNotContain(issuer.iss());
  }
}
