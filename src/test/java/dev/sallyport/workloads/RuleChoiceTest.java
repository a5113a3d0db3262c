package dev.sallyport.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jose.Claims;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleChoiceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Claims CLAIMS =
      Claims.ofJson("{\"aud\": [\"here\"], \"sub\": \"repo:acme/web\", \"ref\": \"main\"}");
  private static final Condition SUB = new Condition("sub", List.of("repo:acme/*"));
  private static final Condition REF = new Condition("ref", List.of("main"));
  private static final Condition OTHER = new Condition("ref", List.of("dev"));

  private static WorkloadRuleDetails rule(String name, String audience, Condition... conditions) {
    return new WorkloadRuleDetails(
        name,
        name,
        "iss_1",
        "https://ci",
        audience,
        Arrays.asList(conditions),
        "r-viewer",
        null,
        true,
        null,
        "live",
        null,
        NOW,
        "key_1",
        null,
        0);
  }

  private static RuleChoice choose(WorkloadRuleDetails... rules) {
    return RuleChoice.of(List.of(rules), CLAIMS);
  }

  @Test
  void ofWhenOneMatchesThenIt() {
    WorkloadRuleDetails one = rule("one", "here", SUB);

    assertThat(choose(one, rule("two", "here", OTHER))).isEqualTo(new RuleChoice.Found(one));
  }

  @Test
  void ofWhenOneDemandsMoreThenIt() {
    WorkloadRuleDetails both = rule("both", "here", SUB, REF);

    assertThat(choose(rule("one", "here", SUB), both)).isEqualTo(new RuleChoice.Found(both));
  }

  @Test
  void ofWhenTheMoreDemandingIsNotMetThenTheOther() {
    WorkloadRuleDetails one = rule("one", "here", SUB);

    assertThat(choose(one, rule("both", "here", SUB, OTHER))).isEqualTo(new RuleChoice.Found(one));
  }

  @Test
  void ofWhenTwoDemandEquallyMuchThenATie() {
    assertThat(choose(rule("one", "here", SUB), rule("two", "here", REF)))
        .isEqualTo(new RuleChoice.Tie());
  }

  @Test
  void ofWhenNoneMatchesThenNone() {
    assertThat(choose()).isEqualTo(new RuleChoice.None());
    assertThat(choose(rule("one", "here", SUB, OTHER))).isEqualTo(new RuleChoice.None());
    assertThat(choose(rule("one", "elsewhere", SUB))).isEqualTo(new RuleChoice.None());
  }
}
