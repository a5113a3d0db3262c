package dev.sallyport.appauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.FieldProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCheckTest {
  @Test
  void checkWhenLittleIsGivenThenDefaults() {
    assertThat(ConfigInputs.checked("", ""))
        .isEqualTo(
            new CheckedConfig(
                "corp",
                "",
                Map.of("env", List.of("test")),
                null,
                List.of("email", "preferred_username", "sub"),
                List.of(),
                Duration.ofMinutes(30),
                Duration.ofHours(12),
                Duration.ofHours(1),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                0,
                true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          name           | "name":""                                | name
          name           | "name":"Corp"                            | name
          name           | "name":"a--"                             | name
          name           | "name":null                              | name
          appLabels      | "appLabels":{}                           | appLabels
          appLabels      | "appLabels":null                         | appLabels
          appLabels      | "appLabels":{"env":[]}                   | appLabels.env
          appLabels      | "appLabels":{"env":null}                 | appLabels.env
          appLabels      | "appLabels":{"env":[null]}               | appLabels.env[0]
          appLabels      | "appLabels":{"env":["a",""]}             | appLabels.env[1]
          appLabels      | "appLabels":{"env":["^($"]}              | appLabels.env[0]
          appLabels      | "appLabels":{"*":["a"]}                  | appLabels.*
          jwt            | "jwt":null                               | jwt
          audience       | "jwt":{"issuer":"i","audience":" "}      | jwt.audience
          usernameClaims | "usernameClaims":[]                      | usernameClaims
          usernameClaims | "usernameClaims":[""]                    | usernameClaims
          usernameClaims | "usernameClaims":[null]                  | usernameClaims
          algorithms     | "algorithms":["HS256"]                   | algorithms
          algorithms     | "algorithms":["none"]                    | algorithms
          algorithms     | "algorithms":["rs256"]                   | algorithms
          maxTokenAge    | "maxTokenAge":"30m"                      | maxTokenAge
          maxTokenAge    | "maxTokenAge":"PT0S"                     | maxTokenAge
          maxTokenAge    | "maxTokenAge":"OFF"                      | maxTokenAge
          sessionLife    | "sessionLifetime":"-PT1H"                | sessionLifetime
          sessionLife    | "sessionLifetime":"P31D"                 | sessionLifetime
          sessionLife    | "sessionLifetime":"off"                  | sessionLifetime
          idleTimeout    | "idleTimeout":""                         | idleTimeout
          idleTimeout    | "idleTimeout":"PT0.5S"                   | idleTimeout
          idleTimeout    | "idleTimeout":"PT1.5S"                   | idleTimeout
          description    | "description":"a\\u0000b"                | description
          appLabels      | "appLabels":{"env":["a\\u0000b"]}        | appLabels
          appLabels      | "appLabels":{"e\\u0000":["a"]}           | appLabels
          issuer         | "jwt":{"issuer":"a\\u0000b"}             | jwt.issuer
          audience       | "jwt":{"issuer":"i","audience":"\\u0001x"} | jwt.audience
          viaApps        | "viaApps":["a\\u0000b"]                  | viaApps
          allow          | "allow":[{"claim":"g\\u0000","anyOf":["a"]}] | allow[0].claim
          allow          | "allow":[{"claim":"g","anyOf":["a\\u0000"]}] | allow[0].anyOf
          allow          | "allow":[null]                           | allow[0]
          allow          | "allow":[{"claim":"groups"}]             | allow[0].anyOf
          allow          | "allow":[{"claim":"g","anyOf":[]}]       | allow[0].anyOf
          allow          | "allow":[{"claim":"g","anyOf":[null]}]   | allow[0].anyOf
          allow          | "allow":[{"claim":"g","anyOf":["a",""]}] | allow[0].anyOf[1]
          allow          | "allow":[{"anyOf":["a"]}]                | allow[0].claim
          allow          | "allow":[{"claim":" ","anyOf":["a"]}]    | allow[0].claim
          requiredScopes | "requiredScopes":[""]                    | requiredScopes
          allowedClients | "allowedClients":[null]                  | allowedClients
          viaApps        | "viaApps":[" "]                          | viaApps
          """)
  void checkWhenFieldIsWrongThenNamed(String what, String outside, String field) {
    assertThat(ConfigInputs.faults(outside, ""))
        .as(what)
        .extracting(FieldProblem::field)
        .containsExactly(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-corp", "corp-"})
  void checkWhenNameHasAHyphenAtItsEndThenToldSo(String name) {
    assertThat(ConfigInputs.faults("\"name\":\"" + name + "\"", ""))
        .extracting(FieldProblem::detail)
        .singleElement()
        .asString()
        .endsWith("and begin and end with a letter or digit.");
  }

  @Test
  void checkWhenListIsTooLongThenNamed() {
    String many = "\"x\",".repeat(100) + "\"x\"";
    assertThat(ConfigInputs.faults("\"requiredScopes\":[" + many + "]", ""))
        .extracting(FieldProblem::field)
        .containsExactly("requiredScopes");
  }

  @Test
  void checkWhenDescriptionIsTooLongThenNamed() {
    assertThat(ConfigInputs.faults("\"description\":\"" + "x".repeat(1_000) + "\"", "")).isEmpty();
    assertThat(ConfigInputs.faults("\"description\":\"" + "x".repeat(1_001) + "\"", ""))
        .extracting(FieldProblem::field)
        .containsExactly("description");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          usernameClaims  | ["upn"]                      | ["sub"]
          algorithms      | ["RS256"]                    | ["ES256"]
          maxTokenAge     | "PT5M"                       | "off"
          sessionLifetime | "PT5M"                       | "PT6M"
          idleTimeout     | "PT5M"                       | "PT6M"
          allow           | [{"claim":"g","anyOf":["a"]}] | [{"claim":"g","anyOf":["b"]}]
          requiredScopes  | ["a"]                        | ["b"]
          allowedClients  | ["a"]                        | []
          viaApps         | ["a"]                        | ["b"]
          acceptIdTokens  | true                         | false
          """)
  void checkWhenBothPlacesDifferThenNamed(String field, String one, String other) {
    String first = "\"" + field + "\":" + one;
    assertThat(ConfigInputs.faults(first, first)).isEmpty();
    assertThat(ConfigInputs.faults(first, "\"" + field + "\":" + other))
        .extracting(FieldProblem::field)
        .containsExactly(field);
  }

  /// As code makes them, rather than JSON: `List.of` even refuses to be asked for null.
  @Test
  void checkWhenListsAreImmutableThenRight() {
    var rule = new AppAuthConfigInput.RuleInput("g", List.of("a"));
    var errors = new FieldErrors();
    new ConfigCheck(ConfigInputs.withRules(List.of(rule)), errors).check();
    assertThat(errors.list()).isEmpty();
  }

  @Test
  void checkWhenSeveralAreWrongThenAllAreNamed() {
    assertThat(ConfigInputs.faults("\"name\":\"X\",\"idleTimeout\":\"1h\"", "\"audience\":\"\""))
        .extracting(FieldProblem::field)
        .containsExactly("name", "jwt.audience", "idleTimeout");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void checkWhenMembersStandInEitherPlaceThenTaken(boolean isInJwt) {
    String members =
        """
        "usernameClaims":["upn"],"algorithms":["ES256","EdDSA"],"maxTokenAge":"PT5M",
        "sessionLifetime":"PT1H","idleTimeout":"PT10M",
        "allow":[{"claim":"groups","anyOf":["eng-*"]}],"requiredScopes":["s"],
        "allowedClients":["c"],"viaApps":["v"],"acceptIdTokens":true
        """;
    CheckedConfig checked = ConfigInputs.checked(isInJwt ? "" : members, isInJwt ? members : "");
    assertThat(checked.usernameClaims()).containsExactly("upn");
    assertThat(checked.algorithms()).containsExactly("ES256", "EdDSA");
    assertThat(checked.maxTokenAge()).isEqualTo(Duration.ofMinutes(5));
    assertThat(checked.sessionLifetime()).isEqualTo(Duration.ofHours(1));
    assertThat(checked.idleTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(checked.allow())
        .containsExactly(new AppAuthConfigDetails.Rule("groups", List.of("eng-*")));
    assertThat(checked.requiredScopes()).containsExactly("s");
    assertThat(checked.allowedClients()).containsExactly("c");
    assertThat(checked.viaApps()).containsExactly("v");
    assertThat(checked.acceptIdTokens()).isTrue();
  }

  @Test
  void checkWhenRestIsGivenThenTaken() {
    CheckedConfig checked =
        ConfigInputs.checked(
            "\"description\":\"d\",\"priority\":-3,\"enabled\":false", "\"audience\":\"aud\"");
    assertThat(checked.description()).isEqualTo("d");
    assertThat(checked.priority()).isEqualTo(-3);
    assertThat(checked.enabled()).isFalse();
    assertThat(checked.audience()).isEqualTo("aud");
  }

  @Test
  void checkWhenAgeIsOffThenAbsent() {
    assertThat(ConfigInputs.checked("\"maxTokenAge\":\"off\"", "").maxTokenAge()).isNull();
    assertThat(ConfigInputs.checked("", "\"maxTokenAge\":\"off\"").maxTokenAge()).isNull();
  }
}
