package dev.sallyport.appauth.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.ProblemType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenPolicyTest {
  private final VerifierFixture fixture = new VerifierFixture();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"scope|\"b a c\"", "scope|[\"a\",\"b\"]", "scp|\"a b\"", "scp|[\"b\",\"a\"]"})
  void verifyWhenScopesAreThereThenAccepted(String claim, String json) {
    fixture.config.scopes = List.of("a", "b");
    fixture.claim(claim, json).accepted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\"", "\"A b\"", "\"ab\"", "\"\"", "null", "7"})
  void verifyWhenAScopeIsMissingThenRefusedWithTheScopes(String json) {
    fixture.config.scopes = List.of("a", "b");
    Verdict.Refused refused = fixture.claim("scope", json).refused(ProblemType.INSUFFICIENT_SCOPE);
    assertThat(refused.scopes()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[\"eng-core\"]", "\"eng-core\"", "[\"x\",\"eng-\"]", "[\"sre\"]", "[\"op7\"]"})
  void verifyWhenARuleHoldsThenAccepted(String groups) {
    fixture.config.allow =
        List.of(
            AllowRule.of("groups", List.of("eng-*", "^op[0-9]$")),
            AllowRule.of("groups", List.of("sre")));
    fixture.claim("groups", groups).accepted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"eng\"]", "[]", "\"SRE\"", "null", "7", "{\"sre\":1}", "[\"op77\"]"})
  void verifyWhenNoRuleHoldsThenNotAllowed(String groups) {
    fixture.config.allow =
        List.of(
            AllowRule.of("groups", List.of("eng-*", "^op[0-9]$")),
            AllowRule.of("groups", List.of("sre")));
    Verdict.Refused refused = fixture.claim("groups", groups).refused(ProblemType.NOT_ALLOWED);
    assertThat(refused.publicDetail()).doesNotContain("eng-");
    assertThat(refused.facts().expected())
        .isEqualTo("groups any of [eng-*, ^op[0-9]$] or groups any of [sre]");
    assertThat(refused.facts().check()).isEqualTo("allow");
  }

  @Test
  void verifyWhenRuleNamesANestedClaimThenItIsFound() {
    fixture.config.allow = List.of(AllowRule.of("realm_access.roles", List.of("mcp")));
    fixture.refused(ProblemType.NOT_ALLOWED);
    fixture.claim("realm_access", "{\"roles\":[\"mcp\"]}").accepted();
  }

  @Test
  void verifyWhenClientsAreNamedThenOnlyThose() {
    fixture.config.clients = List.of("cli", "https://agent.example/*");
    fixture.refused(ProblemType.NOT_ALLOWED);
    fixture.claim("azp", "\"other\"").refused(ProblemType.NOT_ALLOWED);
    fixture.claim("azp", "\"cli\"").accepted();
    fixture.claim("azp", "\"https://agent.example/7\"").refused(ProblemType.NOT_ALLOWED);
  }

  @Test
  void verifyWhenForgedThenPolicyIsNotTold() {
    fixture.pair = "RSA/evil";
    fixture.config.allow = List.of(AllowRule.of("groups", List.of("x")));
    fixture.refused(ProblemType.TOKEN_SIGNATURE);
  }

  @Test
  void chooseWhenSeveralMatchThenTheMostSpecificAloneDecides() {
    ConfigFacts broad = named("broad", Map.of("*", List.of("*")), 9);
    ConfigFacts exact = named("exact", Map.of("env", List.of("test")), 0);
    assertThat(ranked(broad, exact)).containsExactly("exact", "broad");
    fixture.configs.add(broad);
    fixture.config.allow = List.of(AllowRule.of("groups", List.of("nobody")));
    fixture.refused(ProblemType.NOT_ALLOWED);
  }

  @Test
  void chooseWhenEquallySpecificThenPriorityThenName() {
    Map<String, List<String>> labels = Map.of("env", List.of("test"));
    assertThat(ranked(named("b", labels, 0), named("a", labels, 0), named("z", labels, 1)))
        .containsExactly("z", "a", "b");
    assertThat(ConfigChoice.isTie(named("a", labels, 0), named("b", labels, 0))).isTrue();
    assertThat(ConfigChoice.isTie(named("a", labels, 0), named("b", labels, 1))).isFalse();
  }

  @Test
  void allowRuleWhenWrongThenEachPlaceIsNamed() {
    FieldErrors errors = new FieldErrors();
    AllowRule.check(" ", List.of("ok", "^($"), "allow[0]", errors);
    AllowRule.check("groups", List.of(), "allow[1]", errors);
    assertThat(errors.list())
        .extracting(FieldProblem::field)
        .containsExactly("allow[0].claim", "allow[0].anyOf[1]", "allow[1].anyOf");
  }

  private ConfigFacts named(String name, Map<String, List<String>> labels, int priority) {
    VerifierFixture.ConfigBuilder builder = fixture.new ConfigBuilder();
    builder.name = name;
    builder.labels = labels;
    builder.priority = priority;
    return builder.build();
  }

  private static List<String> ranked(ConfigFacts... configs) {
    return ConfigChoice.ranked(VerifierFixture.APP, List.of(configs), VerifierFixture.ISS).stream()
        .map(ConfigFacts::name)
        .toList();
  }
}
