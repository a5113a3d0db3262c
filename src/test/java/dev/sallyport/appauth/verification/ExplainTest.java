package dev.sallyport.appauth.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.appauth.verification.Check.Outcome;
import dev.sallyport.jose.SigningAlgorithm;
import dev.sallyport.jose.SigningKeys;
import dev.sallyport.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExplainTest {
  private final VerifierFixture fixture = new VerifierFixture();

  @Test
  void explainWhenGoodThenEveryCheckPassed() {
    Explanation explanation = fixture.explain();
    assertThat(explanation.verdict()).isEqualTo(fixture.verify());
    assertThat(explanation.checks())
        .allMatch(check -> check.outcome() == Outcome.PASSED)
        .extracting(Check::name)
        .containsExactly(
            "syntax",
            "issuer",
            "typ",
            "kind",
            "algorithm",
            "algorithm-allowed",
            "audience",
            "exp",
            "iat",
            "key",
            "signature",
            "nbf",
            "iat-ahead",
            "age",
            "cnf",
            "subject",
            "username",
            "email-verified",
            "client",
            "act",
            "scopes",
            "allowed-client",
            "allow");
  }

  @Test
  void explainWhenMalformedThenTheRestIsSkipped() {
    Explanation explanation = fixture.verifier.explain(VerifierFixture.APP, List.of(), "x");
    assertThat(explanation.checks().getFirst().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(explanation.checks().stream().skip(1))
        .allMatch(check -> check.outcome() == Outcome.SKIPPED);
  }

  @Test
  void explainWhenSeveralAreWrongThenAllAreListedAndTheFirstDecides() {
    fixture.config.scopes = List.of("mcp");
    fixture.claim("aud", "\"other\"").claim("cnf", "{}").claim("exp", null);
    Explanation explanation = fixture.explain();
    Map<Outcome, List<String>> names =
        explanation.checks().stream()
            .collect(
                Collectors.groupingBy(
                    Check::outcome, Collectors.mapping(Check::name, Collectors.toList())));
    assertThat(names.get(Outcome.FAILED)).containsExactly("audience", "exp", "cnf", "scopes");
    assertThat(names).doesNotContainKey(Outcome.SKIPPED);
    VerifierFixture.refused(explanation.verdict(), ProblemType.TOKEN_AUDIENCE);
  }

  @Test
  void explainWhenConfigIsNamedThenWhetherItCouldDecideIsChecked() {
    Explanation explanation = fixture.explainNamed();
    assertThat(explanation.verdict()).isEqualTo(fixture.verify());
    assertThat(explanation.checks())
        .allMatch(check -> check.outcome() == Outcome.PASSED)
        .extracting(Check::name)
        .startsWith("syntax", "issuer", "enabled", "labels", "typ");
  }

  @Test
  void explainWhenNamedConfigIsDisabledThenRefusedAndTheRestIsStillChecked() {
    fixture.config.enabled = false;
    onlyFails("enabled", "enabled", "disabled");
  }

  @Test
  void explainWhenNamedConfigIsAboutOthersThenRefusedAndTheRestIsStillChecked() {
    fixture.config.labels = Map.of("env", List.of("prod", "p*"), "team", List.of("x"));
    onlyFails("labels", "env=prod or p*, team=x", "env=test");
  }

  private void onlyFails(String name, String expected, String found) {
    Explanation explanation = fixture.explainNamed();
    VerifierFixture.refused(explanation.verdict(), ProblemType.TOKEN_ISSUER_UNKNOWN);
    for (Check check : explanation.checks()) {
      boolean isTheOne = check.name().equals(name);
      assertThat(check.outcome())
          .as(check.name())
          .isEqualTo(isTheOne ? Outcome.FAILED : Outcome.PASSED);
      if (isTheOne) {
        assertThat(check.expected()).isEqualTo(expected);
        assertThat(check.found()).isEqualTo(found);
      }
    }
  }

  @Test
  void explainWhenNamedConfigIsOfAnotherIssuerThenSaysWhich() {
    List<Check> checks = fixture.claim("iss", "\"x\"").explainNamed().checks();
    Check issuer = checks.get(1);
    assertThat(checks).extracting(Check::outcome).doesNotContain(Outcome.SKIPPED);
    assertThat(issuer.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(issuer.expected()).isEqualTo(VerifierFixture.ISS);
    assertThat(issuer.found()).isEqualTo("x");
  }

  @Test
  void explainWhenAudienceIsWrongThenUnknownKidIsNotRefetched() {
    fixture.keysByUrl = true;
    fixture.claim("aud", "\"other\"").header("kid", "\"forged\"").explain();
    assertThat(fixture.fetches).isEqualTo(1);
    fixture.claim("aud", "\"sallyport\"").explain();
    assertThat(fixture.fetches).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("spoilers")
  void explainWhenRefusedThenSaysTheSameAsVerify(Consumer<VerifierFixture> spoiler) {
    spoiler.accept(fixture);
    assertThat(fixture.explain().verdict())
        .isInstanceOf(Verdict.Refused.class)
        .usingRecursiveComparison()
        .isEqualTo(fixture.verify());
  }

  static Stream<Consumer<VerifierFixture>> spoilers() {
    return Stream.of(
        f -> f.claim("iss", "\"x\""),
        f -> f.header("alg", "\"none\""),
        f -> f.header("kid", "\"x\""),
        f -> f.pair = "RSA/evil",
        f -> f.claim("sub", "7"),
        f -> f.config.scopes = List.of("mcp"));
  }

  @Test
  void reEvaluateWhenNothingChangedThenSameAnswer() {
    VerifiedToken token = fixture.accepted();
    assertThat(reEvaluate(token)).isEqualTo(new Verdict.Accepted(token));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void reEvaluateWhenTrustChangedThenRefused(ProblemType code, Consumer<VerifierFixture> change) {
    fixture.claim("azp", "\"cli\"").claim("oid", "\"o-1\"");
    VerifiedToken token = fixture.accepted();
    change.accept(fixture);
    VerifierFixture.refused(reEvaluate(token), code);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change(ProblemType.TOKEN_ISSUER_UNKNOWN, f -> f.config.enabled = false),
        change(
            ProblemType.TOKEN_ISSUER_UNKNOWN,
            f -> f.config.labels = Map.of("env", List.of("prod"))),
        change(ProblemType.TOKEN_AUDIENCE, f -> f.config.audience = "other"),
        change(
            ProblemType.TOKEN_ALGORITHM, f -> f.config.algorithms = Set.of(SigningAlgorithm.ES256)),
        change(
            ProblemType.TOKEN_KEY_UNKNOWN,
            f -> f.jwks = SigningKeys.jwks(SigningKeys.jwk("RSA/b", "\"kid\":\"a\""))),
        change(ProblemType.TOKEN_SUBJECT, f -> f.config.subjectClaim = "oid"),
        change(ProblemType.TOKEN_USERNAME, f -> f.config.usernameClaims = List.of("none")),
        change(ProblemType.INSUFFICIENT_SCOPE, f -> f.config.scopes = List.of("mcp")),
        change(ProblemType.NOT_ALLOWED, f -> f.config.clients = List.of("other")),
        change(
            ProblemType.NOT_ALLOWED,
            f -> f.config.allow = List.of(AllowRule.of("groups", List.of("x")))));
  }

  private static Arguments change(ProblemType code, Consumer<VerifierFixture> change) {
    return Arguments.of(code, change);
  }

  private Verdict reEvaluate(VerifiedToken token) {
    return fixture.verifier.reEvaluate(token, VerifierFixture.APP, fixture.allConfigs());
  }
}
