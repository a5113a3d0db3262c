package dev.sallyport.appauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.persistence.Cursor;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestIssuer;
import dev.sallyport.testing.Unique;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// `/app-auth-configs` from outside.
@ExtendWith(RunningServer.Extension.class)
class AppAuthConfigsResourceIT {
  private final TestIssuer issuer = TestIssuer.create();
  private final String name = Unique.name("config");
  private Rest rest;

  @BeforeEach
  void admin(RunningServer server) {
    rest = Rest.admin(server);
  }

  private Map<String, Object> input() {
    return Map.of(
        "name",
        name,
        "appLabels",
        Map.of("test", List.of(name)),
        "jwt",
        Map.of("issuer", issuer.iss(), "audience", "aud", "staticJwks", issuer.jwks()));
  }

  @Test
  void createWhenShortestThenDefaultsComeBack() {
    Rest.Answer made = rest.post("app-auth-configs", input());

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.shape().replace(name, "NAME").replace(issuer.iss(), "ISS"))
        .isEqualToIgnoringWhitespace(
            """
            {
              "id" : "aac_ID",
              "name" : "NAME",
              "description" : "",
              "appLabels" : { "test" : [ "NAME" ] },
              "jwt" : {
                "issuerId" : "iss_ID",
                "issuer" : "ISS",
                "audience" : "aud",
                "usernameClaims" : [ "email", "preferred_username", "sub" ],
                "algorithms" : [ ],
                "maxTokenAge" : "PT30M",
                "acceptIdTokens" : false
              },
              "sessionLifetime" : "PT12H",
              "idleTimeout" : "PT1H",
              "allow" : [ ],
              "requiredScopes" : [ ],
              "allowedClients" : [ ],
              "viaApps" : [ ],
              "priority" : 0,
              "enabled" : true,
              "revision" : 0,
              "createdAt" : "TIME",
              "updatedAt" : "TIME"
            }
            """);
    assertThat(rest.get("app-auth-configs/" + made.at("/id")).json()).isEqualTo(made.json());
  }

  @Test
  void createWhenManyFieldsAreWrongThenEachIsNamed() {
    Rest.Answer refused =
        rest.post(
            "app-auth-configs",
            """
            {"name":"No Name","appLabels":{"*":["x"]},
             "jwt":{"issuer":"","algorithms":["HS256"],"maxTokenAge":"soon"},
             "sessionLifetime":"P99D","usernameClaims":[],"allow":[{"claim":"","anyOf":["x"]}]}
            """);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields())
        .contains("name", "jwt.issuer", "algorithms", "maxTokenAge", "sessionLifetime")
        .contains("usernameClaims")
        .anyMatch(field -> field.startsWith("appLabels"))
        .anyMatch(field -> field.startsWith("allow[0]"));
  }

  @Test
  void createWhenJwtIsMissingThenNamed() {
    Rest.Answer refused =
        rest.post("app-auth-configs", Map.of("name", name, "appLabels", Map.of("a", List.of("b"))));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("jwt");
  }

  @Test
  void createWhenAMemberIsUnknownThenNamed() {
    var jwt = Map.of("issuer", issuer.iss(), "staticJwks", issuer.jwks(), "secret", "x");
    Rest.Answer refused =
        rest.post(
            "app-auth-configs",
            Map.of("name", name, "appLabels", Map.of("a", List.of("b")), "jwt", jwt));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("jwt.secret");
  }

  @Test
  void createWhenKeysAreMissingForANewIssuerThenNamed() {
    Rest.Answer refused =
        rest.post(
            "app-auth-configs",
            Map.of(
                "name", name,
                "appLabels", Map.of("a", List.of("b")),
                "jwt", Map.of("issuer", issuer.iss())));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("jwt.jwksUrl");
  }

  @Test
  void createWhenNameIsTakenThenConflict() {
    rest.post("app-auth-configs", input());

    assertThat(rest.post("app-auth-configs", input()).code()).isEqualTo("name-taken");
  }

  @Test
  void updateWhenReadBackIsSentBackThenNothingIsLost() {
    String path = "app-auth-configs/" + rest.post("app-auth-configs", input()).at("/id");
    Map<String, Object> full = new HashMap<>(input());
    full.put("requiredScopes", List.of("a", "b"));
    full.put("allow", List.of(Map.of("claim", "groups", "anyOf", List.of("x", "y-*"))));
    full.put("sessionLifetime", "PT2H");
    full.put("priority", 7);

    Rest.Answer changed = rest.put(path, rest.get(path).etag(), full);

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().get("requiredScopes").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(changed.json().get("allow").toString())
        .isEqualTo("[{\"claim\":\"groups\",\"anyOf\":[\"x\",\"y-*\"]}]");
    assertThat(changed.at("/sessionLifetime")).isEqualTo("PT2H");
    assertThat(changed.at("/priority")).isEqualTo("7");
    assertThat(rest.put(path, "\"0\"", input()).status()).isEqualTo(412);
    assertThat(rest.delete(path).status()).isEqualTo(428);
  }

  @Test
  void listWhenLimitedThenNextLeadsOnInTheOrderOfNames() {
    Stream.of("c", "a", "b").forEach(end -> assertThat(make(name + end)).isEqualTo(201));

    Rest.Answer first = rest.get("app-auth-configs?limit=2&after=" + Cursor.of(name).encode());
    Rest.Answer second = rest.get("app-auth-configs?limit=1&after=" + first.at("/next"));

    assertThat(first.at("/items/0/name")).isEqualTo(name + "a");
    assertThat(first.at("/items/1/name")).isEqualTo(name + "b");
    assertThat(second.at("/items/0/name")).isEqualTo(name + "c");
    assertThat(first.json().get("total").asInt()).isGreaterThanOrEqualTo(3);
  }

  private int make(String other) {
    Map<String, Object> input = new HashMap<>(input());
    input.put("name", other);
    return rest.post("app-auth-configs", input).status();
  }

  @Test
  void listWhenLimitOrCursorIsWrongThenNamed() {
    assertThat(rest.get("app-auth-configs?limit=1001").fields()).containsExactly("limit");
    assertThat(rest.get("app-auth-configs?after=xyz").fields()).containsExactly("after");
  }
}
